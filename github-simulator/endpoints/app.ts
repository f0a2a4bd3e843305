import { randomBytes } from 'node:crypto'

import { z } from 'zod'

import { created, notFound, ok, Refusal, unprocessable } from '../answer.ts'
import { isCovered, isGranted } from '../authorization.ts'
import type { Call } from '../call.ts'
import type { Installation } from '../state.ts'
import { appView } from '../views/account.ts'
import { installationView } from '../views/installation.ts'
import { repositoryView } from '../views/repository.ts'
import { reached } from '../webhooks/installation.ts'
import { timestamp } from '../world.ts'
import type { Endpoints } from './handler.ts'

/** The App itself, where it is installed, and its tokens. */
export const appEndpoints = {
  'GET /app': ({ world }) => {
    const count = world.state.installations.size
    return ok({ ...appView(world, world.app), installations_count: count })
  },

  'GET /app/installations': ({ world }) => ({
    items: [...world.state.installations.values()].map((one) => installationView(world, one)),
  }),

  'GET /app/installations/{installation_id}': (call) =>
    ok(installationView(call.world, installationOf(call))),

  'GET /repos/{owner}/{repo}/installation': (call) => {
    const { world } = call
    const repository = call.repository()
    const found = [...world.state.installations.values()].find(({ id }) =>
      isCovered(world, id, null, repository),
    )
    if (found === undefined) throw notFound()
    return ok(installationView(world, found))
  },

  'POST /app/installations/{installation_id}/access_tokens': createToken,

  'GET /installation/repositories': ({ world, caller }) => {
    if (caller.kind !== 'installation')
      throw new Refusal(403, 'Resource not accessible by personal access token')
    const { token, installation } = caller
    const seen = reached(world, installation).filter(({ id }) => token.repositories?.has(id) ?? true)
    return {
      items: seen.map((one) => repositoryView(world, one)),
      wrap: (page, total) => ({
        total_count: total,
        repository_selection: installation.selected === null ? 'all' : 'selected',
        repositories: page,
      }),
    }
  },
} satisfies Endpoints

const TokenRequest = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).optional(),
})

/** GitHub's installation tokens live this long. */
const tokenLifeMs = 3_600_000

function createToken(call: Call) {
  const { world } = call
  const installation = installationOf(call)
  if (installation.suspendedAt !== null) throw new Refusal(403, 'This installation has been suspended')
  const wanted = call.body(TokenRequest)
  const permissions = wanted.permissions ?? installation.permissions
  for (const [permission, access] of Object.entries(permissions)) {
    const needed = { permission, access: access === 'read' ? 'read' : 'write' } as const
    if (!isGranted(installation.permissions, needed))
      throw unprocessable('The permissions requested are not granted to this installation.', 'permissions')
  }
  const repositories = narrowed(call, installation, wanted)
  const token = `ghs_${randomBytes(27).toString('hex').slice(0, 36)}`
  const expiresAt = new Date(world.clock().getTime() + tokenLifeMs)
  world.state.installationTokens.set(token, {
    installation: installation.id,
    permissions,
    repositories,
    expiresAt,
  })
  return created({
    token,
    expires_at: timestamp(expiresAt),
    permissions,
    repository_selection: repositories === null && installation.selected === null ? 'all' : 'selected',
  })
}

function narrowed(
  call: Call,
  installation: Installation,
  wanted: z.infer<typeof TokenRequest>,
): Set<number> | null {
  const { repositories: names, repository_ids: ids } = wanted
  if (names === undefined && ids === undefined) return null
  const all = reached(call.world, installation)
  const chosen = all.filter(({ id, name }) => ids?.includes(id) === true || names?.includes(name) === true)
  const isComplete = chosen.length === (ids?.length ?? 0) + (names?.length ?? 0)
  if (!isComplete)
    throw unprocessable(
      'There is at least one repository that does not exist or is not accessible.',
      'repositories',
    )
  return new Set(chosen.map(({ id }) => id))
}

function installationOf(call: Call): Installation {
  const installation = call.world.state.installations.get(call.number('installation_id'))
  if (installation === undefined) throw notFound()
  return installation
}
