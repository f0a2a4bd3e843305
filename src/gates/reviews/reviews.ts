import type { Gate, GateInput, GateResult, Waiting } from '../../model/gate.ts'
import type { Skip } from '../../model/skip.ts'
import { assess, type AssessedRequirement } from './assess.ts'
import { findingsOf } from './findings.ts'

/** Decides whether the right people have approved what the change now is. */
export const reviews = {
  id: 'reviews',
  version: '1',

  evaluate({ change, policy, facts }: GateInput): GateResult {
    if (facts === null)
      return { kind: 'not-evaluated', reason: 'no facts from GitHub: see portcullis facts and --facts' }
    if (facts.pullRequest === null) return { kind: 'not-evaluated', reason: 'no pull request' }
    const assessment = assess({ change, policy, facts })
    return {
      kind: 'evaluated',
      findings: findingsOf(assessment, policy, facts),
      skips: assessment.requirements.flatMap(skipsOf),
      waiting: assessment.requirements.flatMap(waitingFor),
      lookedAt: `${summary(assessment.requirements)} on ${change.head.slice(0, 7)}`,
    }
  },
} satisfies Gate

/** Code owners that nobody reads yet may have to approve, so the check may not pass, whoever else has. */
function skipsOf({ name, progress, asksCodeOwners }: AssessedRequirement): Skip[] {
  const why = new Set(progress.kind === 'unknown' ? progress.why : [])
  if (asksCodeOwners) why.add('code owners are not read yet')
  if (why.size === 0) return []
  const reason = `The requirement "${name}" could not be judged: ${[...why].join('; ')}.`
  return [{ path: null, reason, blocks: true }]
}

function waitingFor({ name, progress }: AssessedRequirement): Waiting[] {
  if (progress.kind !== 'waiting') return []
  const { needs, has, who } = progress
  return [{ requirement: name, needs, has, who }]
}

function summary(requirements: readonly AssessedRequirement[]): string {
  const [only, ...more] = requirements
  if (only === undefined) return 'no requirement applies'
  if (more.length > 0) {
    const met = requirements.filter(({ progress }) => progress.kind === 'met').length
    return `${met} of ${requirements.length} requirements met`
  }
  return only.progress.kind === 'unknown'
    ? 'an unknown number of approvals'
    : `${only.progress.has} of ${only.progress.needs} approvals`
}
