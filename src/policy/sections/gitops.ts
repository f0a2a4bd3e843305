import { z } from 'zod'

import { key } from '../key.ts'
import { free, grows, keysAdd, ordered, replaces } from '../strictness.ts'
import { Glob } from '../values/glob.ts'

const Name = z.string().min(1).max(253)

const Tenant = z.strictObject({
  paths: z.array(Glob).default([]).meta({ description: 'What belongs to the tenant.' }),
  namespaces: z.array(Name).default([]).meta({ description: 'Globs on namespaces where it may deploy.' }),
  projects: z.array(Name).default([]).meta({ description: 'Its AppProjects.' }),
  secret_prefix: Name.nullable()
    .default(null)
    .meta({ description: 'What the path of each external secret that it reads begins with.' }),
})

/** An empty list allows anything, so it is the weakest. Whether one glob is inside another is not decided: only literals are. */
const narrows = replaces<readonly string[]>(
  'from any ([]) to a list; entries may only be left out or made narrower',
  (floor, value) =>
    floor.length === 0 ||
    (value.length > 0 &&
      value.every((entry) => floor.some((held) => entry === held || isInside(entry, held)))),
)

function isInside(entry: string, held: string): boolean {
  const prefix = held.endsWith('/*') ? held.slice(0, -1) : held
  const rest = entry.slice(prefix.length)
  return prefix.endsWith('/') && entry.startsWith(prefix) && /^[\w.-]+\/?$/.test(rest)
}

export const GitOps = z.strictObject({
  engine: key(z.enum(['auto', 'argocd', 'flux', 'both']), {
    default: 'auto',
    description: 'What deploys the repository. auto: what its files say.',
    stricter: free,
  }),
  repository: key(z.string().min(1).nullable(), {
    default: null,
    description: 'How sources name this repository. null: its clone URL.',
    stricter: free,
  }),
  deploy_branches: key(z.array(z.string().min(1)).min(1).nullable(), {
    default: null,
    description: 'Branches that clusters follow. null: the guarded branches.',
    stricter: replaces<string[] | null>(
      'branches may only be added',
      (floor, value) => floor === null || (value !== null && floor.every((name) => value.includes(name))),
    ),
  }),
  control_plane_namespaces: key(z.array(Name), {
    default: ['argocd', 'flux-system', 'kube-system'],
    description: 'Namespaces from which the cluster is controlled.',
    stricter: grows,
  }),
  platform_projects: key(z.array(Name), {
    default: [],
    description: 'AppProjects that may reach the control plane.',
    stricter: replaces('entries may only be left out', (floor, value) =>
      value.every((entry) => floor.includes(entry)),
    ),
  }),
  multi_tenant: key(z.union([z.boolean(), z.literal('auto')]), {
    default: 'auto',
    description:
      'Whether tenants must not reach each other. auto: where there are several, or lockdown flags.',
    stricter: ordered<boolean | 'auto'>(false, 'auto', true),
  }),
  production: key(z.array(Glob), {
    default: [],
    description: 'Paths whose objects are production.',
    stricter: grows,
  }),
  allowed_sources: key(z.array(z.string().min(1)), {
    default: [],
    description: 'Globs on the URLs from which may be deployed. []: any.',
    stricter: narrows,
  }),
  allowed_registries: key(z.array(z.string().min(1)), {
    default: [],
    description: 'Beginnings of the image names that may be deployed. []: any.',
    stricter: narrows,
  }),
  kubernetes: key(
    z
      .string('must be text, so write it in quotes: "1.34"')
      .regex(/^1\.\d{1,2}$/, 'must be a version of Kubernetes such as "1.34"')
      .nullable(),
    {
      default: null,
      description: 'The version of the cluster. null: the newest that this version of Portcullis knows.',
      stricter: free,
    },
  ),
  tenants: key(z.record(Name, Tenant), {
    default: {},
    description: 'Who shares the cluster: paths, namespaces and projects of each tenant.',
    stricter: keysAdd('tenants add up; one that is there may not be changed'),
  }),
})
