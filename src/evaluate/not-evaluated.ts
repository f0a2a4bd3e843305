import type { GateId } from '../model/finding.ts'
import type { Gate } from '../model/gate.ts'
import type { EffectivePolicy } from '../model/policy-source.ts'
import type { Verdict } from '../model/verdict.ts'
import { concealedSkip, concealerOf } from './conceal.ts'
import { rulesDigest } from './evaluate.ts'

/** Why a change could not be judged at all. */
export interface Obstacle {
  /** The file that is wrong, if a file is. */
  readonly path: string | null
  /** One sentence; of an invalid policy its first problem. */
  readonly reason: string
}

interface Subject {
  readonly version: string
  /** Default `range`. */
  readonly kind?: Verdict['subject']['kind']
  readonly base: string | null
  /** Null for files as they lie. */
  readonly head: string | null
  readonly policy: EffectivePolicy | null
  /** Of which one knows what may be shown. */
  readonly gates: readonly Gate[]
}

const gateIds: readonly GateId[] = ['secrets', 'iac', 'signatures', 'reviews']

/** The verdict on a change that could not be judged: an error, with nothing reported as passed. */
export function notEvaluated(subject: Subject, obstacles: readonly Obstacle[]): Verdict {
  // Not by the policy's own rules: one that is refused may be the obstacle.
  const conceal = concealerOf(subject.gates, null)
  return {
    schema: 'portcullis/verdict/v1',
    tool: { name: 'portcullis', version: subject.version, rulesDigest: rulesDigest(subject.gates) },
    subject: {
      kind: subject.kind ?? 'range',
      base: subject.base,
      mergeBase: null,
      head: subject.head,
      commits: 0,
      files: 0,
      bytes: 0,
    },
    policy: { digest: subject.policy?.digest ?? 'none', sources: [...(subject.policy?.sources ?? [])] },
    outcome: 'error',
    gates: gateIds.map((gate) => ({
      gate,
      outcome: 'not-evaluated',
      findings: 0,
      lookedAt: 'the change could not be judged',
      ms: 0,
    })),
    findings: [],
    waiting: [],
    skips: obstacles.map(({ path, reason }) => ({
      gate: 'policy',
      ...concealedSkip({ path, reason }, conceal),
      blocks: true,
    })),
  }
}
