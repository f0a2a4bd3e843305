import { noBaseline, readBaseline } from '../evaluate/baseline.ts'
import type { Baseline } from '../evaluate/baseline.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import { notEvaluated } from '../evaluate/not-evaluated.ts'
import type { Obstacle } from '../evaluate/not-evaluated.ts'
import type { Change } from '../model/change.ts'
import type { Facts } from '../model/facts.ts'
import type { GateId } from '../model/finding.ts'
import type { Gate } from '../model/gate.ts'
import type { EffectivePolicy } from '../model/policy-source.ts'
import type { Verdict } from '../model/verdict.ts'
import { isPolicyOnly } from '../policy/policy-paths.ts'
import { LimitReached, NotAFile } from '../ports/git.ts'
import type { CommitRange, Repository } from '../ports/git.ts'
import type { Scans } from '../ports/stores.ts'
import type { Redacted } from '../std/redacted.ts'
import { UserError } from '../std/user-error.ts'
import { buildEstate } from './build-estate.ts'
import { protectionOf } from './protection-of.ts'
import { scanWithGates } from './scan-with-gates.ts'

/** A range to judge, and all that judging it needs. The App and `portcullis check` make the same of it. */
export interface Judgement {
  readonly version: string
  readonly gates: readonly Gate[]
  readonly selected: ReadonlySet<GateId>
  readonly repository: Repository
  /** `base` is the tip of the base branch; null where there is none. */
  readonly range: CommitRange
  readonly policy: EffectivePolicy
  readonly facts: Facts | null
  /** What fingerprints are keyed with where the baseline has no key. */
  readonly fingerprintKey: Redacted | null
  readonly kept: { readonly scans: Scans; readonly installation: number } | null
  readonly today: string
  readonly clock: () => number
}

export interface Judged {
  readonly verdict: Verdict
  /** Null where the change could not be read. */
  readonly change: Change | null
  /** A bug or an outage that stopped the judgement. The verdict says so; whoever called throws it or reports it. */
  readonly fault: Error | null
}

/**
 * Judges base..head, and never passes what it could not judge: a limit that is reached, a base side that cannot be read
 * and a fault of our own each are a verdict of their own, an error.
 */
export function judge(judgement: Judgement): Promise<Judged> {
  return orRefused({ ...judgement, kind: 'range' }, () => judgeChange(judgement))
}

/** What is known of a subject before it is judged. */
export interface Unread extends Pick<Judgement, 'version' | 'gates'> {
  readonly kind: Verdict['subject']['kind']
  /** Null for files as they lie. */
  readonly range: { readonly base: string | null; readonly head: string | null }
  readonly policy: EffectivePolicy | null
}

/** What the work gives, or the verdict that it could not be done: it never throws. */
export async function orRefused(unread: Unread, work: () => Promise<Judged>): Promise<Judged> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LimitReached || error instanceof NotAFile)
      return refused(unread, { path: null, reason: error.message })
    if (error instanceof UserError) return refused(unread, { path: error.file, reason: error.message })
    const fault = error instanceof Error ? error : new Error('thrown', { cause: error })
    return { ...refused(unread, { path: null, reason: faultReason }), fault }
  }
}

const faultReason = 'A fault in Portcullis stopped the evaluation. It is not the fault of this change'

/** The verdict on what was not judged, with the reason. */
function refused({ version, gates, kind, range, policy }: Unread, obstacle: Obstacle): Judged {
  const subject = { version, gates, kind, ...range, policy }
  return { verdict: notEvaluated(subject, [obstacle]), change: null, fault: null }
}

async function judgeChange(judgement: Judgement): Promise<Judged> {
  const { repository, range, policy, facts } = judgement
  const { limits } = policy.policy
  const [gitChange, reviewed] = await Promise.all([
    repository.change(range, { commits: limits.commits, files: limits.files }),
    reviewedStates(repository, range, facts),
  ])
  const change = { ...gitChange, reviewed }
  const baseline = await baselineFor(judgement, change)
  const fingerprintKey = baseline.fingerprintKey ?? judgement.fingerprintKey
  const settings = { policy: policy.policy, fingerprintKey }
  const scanned = await scanWithGates({ ...judgement, settings }, change)
  const estate = judgement.selected.has('iac')
    ? await buildEstate(repository, change.files, policy.policy)
    : emptyEstate
  const protection = protectionOf(policy.policy, facts)
  const evaluation = { ...judgement, kind: 'range', change, baseline, protection, estate, scanned } as const
  return { verdict: evaluate(evaluation), change, fault: null }
}

const empty = { resources: [], skips: [] }
const emptyEstate = { base: empty, head: empty, delta: { added: [], changed: [], removed: [] } }

/** What each reviewed commit changed, and the head: an approval of the same content still fits. */
async function reviewedStates(
  repository: Repository,
  { base, head }: Judgement['range'],
  facts: Facts | null,
): Promise<Change['reviewed']> {
  if (base === null || facts === null || facts.reviews.length === 0) return []
  const commits = new Set([head])
  for (const { commit } of facts.reviews) if (commit !== null) commits.add(commit)
  return Promise.all(
    [...commits].map(async (commit) => ({ commit, content: await repository.content(base, commit) })),
  )
}

/** Enough for a hundred thousand fingerprints. */
const maxBaselineBytes = 16 * 1024 * 1024

/** One that cannot be read excuses nothing, and stops every change but its own repair. */
async function baselineFor({ repository, range, policy }: Judgement, change: Change): Promise<Baseline> {
  if (range.base === null) return noBaseline
  const path = policy.policy.baseline
  try {
    const file = await repository.file(range.base, path, maxBaselineBytes)
    return file === null ? noBaseline : readBaseline(path, Buffer.from(file.bytes).toString())
  } catch (error) {
    const isWrong = error instanceof UserError || error instanceof NotAFile || error instanceof LimitReached
    const paths = change.files.map((changed) => changed.path)
    if (isWrong && isPolicyOnly(policy.policy, paths)) return noBaseline
    throw error
  }
}
