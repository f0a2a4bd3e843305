import type { EffectivePolicy } from '../model/policy-source.ts'
import { dayProblems } from './checks/days.ts'
import { weakenedRules } from './checks/held-rules.ts'
import type { Catalogue } from './checks/held-rules.ts'
import { notYetWarnings } from './checks/not-yet.ts'
import { unknownRules } from './checks/rule-names.ts'
import { effectiveOf } from './effective.ts'
import { building } from './extended.ts'
import type { ExtendedFile } from './extended.ts'
import { holdSections } from './hold-sections.ts'
import type { Layer } from './layer.ts'
import { lay, newMerging } from './merge.ts'
import type { Merging } from './merge.ts'
import type { PolicyProblem } from './problems/problem.ts'
import { readLayer } from './read-layer.ts'

/** The repository's own file. `oid` is the file's blob; null for one that is not in git. */
export interface RepositoryPolicy {
  readonly path: string
  readonly oid: string | null
  readonly text: string
}

/** The organisation's file. `repository` is `OWNER/.github`. */
export interface OrganisationPolicy {
  readonly repository: string
  readonly oid: string | null
  readonly text: string
}

export interface PolicyInput {
  readonly repository: RepositoryPolicy | null
  readonly organisation: OrganisationPolicy | null
  /** By `OWNER/REPO//PATH@REF`; which ones are needed says `sharedFilesOf`. */
  readonly extended?: ReadonlyMap<string, ExtendedFile>
  /** `YYYY-MM-DD`; without it nothing is checked that depends on the day. */
  readonly today?: string
  /** Severity by id of each rule that there is; without it no rule is called unknown. */
  readonly catalogue?: Catalogue
}

export type LoadedPolicy =
  | {
      readonly kind: 'valid'
      readonly effective: EffectivePolicy
      readonly warnings: readonly PolicyProblem[]
    }
  /** With warnings too. At least one is an error. */
  | { readonly kind: 'invalid'; readonly problems: readonly PolicyProblem[] }

/**
 * Reads the files of a policy and merges them: the defaults, what the organisation's file extends, that file, what the
 * repository's file extends, that file. What may be weaker than what: docs/policy.md.
 */
export function loadPolicy(input: PolicyInput): LoadedPolicy {
  const merging = newMerging()
  const organisation =
    input.organisation === null ? [] : layGroup(merging, input, organisationFile(input.organisation))
  holdSections(merging, organisation)
  const repository =
    input.repository === null ? [] : layGroup(merging, input, repositoryFile(input.repository))
  const layers = [...organisation, ...repository]
  const names = ownRules(merging)
  for (const layer of layers)
    merging.problems.push(...unknownRules(layer, input.catalogue ?? new Map(), names))
  // Of a policy that is not valid nobody asks what has no effect.
  if (merging.problems.every(({ level }) => level === 'warning'))
    merging.problems.push(...layers.flatMap(notYetWarnings))
  return effectiveOf(merging, layers)
}

/** One file with what it extends, which is laid first. An unreadable file is reported, and nothing of it is laid. */
function layGroup(merging: Merging, input: PolicyInput, file: Parameters<typeof readLayer>[0]): Layer[] {
  const read = readLayer(file)
  if (read.kind === 'invalid') {
    merging.problems.push(...read.problems)
    return []
  }
  const blocks = building(read.layer, input.extended ?? new Map())
  merging.problems.push(...blocks.problems)
  for (const block of blocks.layers) layOne(merging, block, 'building-block', input)
  layOne(merging, read.layer, 'file', input)
  return [...blocks.layers, read.layer]
}

function layOne(merging: Merging, layer: Layer, kind: 'file' | 'building-block', input: PolicyInput): void {
  if (kind === 'file') merging.problems.push(...weakenedRules(merging, layer, input.catalogue ?? new Map()))
  lay(merging, layer, kind)
  merging.problems.push(...dayProblems(merging, layer, input.today ?? null))
}

function ownRules({ values }: Merging): string[] {
  const custom: unknown[] = [values.get('gates.secrets.custom'), values.get('gates.iac.custom')].flat()
  return custom.flatMap((rule) =>
    typeof rule === 'object' && rule !== null && 'id' in rule && typeof rule.id === 'string' ? [rule.id] : [],
  )
}

function organisationFile({ repository, oid, text }: OrganisationPolicy) {
  const source = `${repository}:portcullis.yml${oid === null ? '' : `@${oid}`}`
  return { owner: 'organisation', label: `${repository} portcullis.yml`, source, text } as const
}

function repositoryFile({ path, oid, text }: RepositoryPolicy) {
  const source = `${path}${oid === null ? '' : `@${oid}`}`
  return { owner: 'repository', label: path, source, text } as const
}
