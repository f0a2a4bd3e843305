import type { Facts, Review } from '../../model/facts.ts'
import type { Finding } from '../../model/finding.ts'
import type { Policy } from '../../model/policy.ts'
import { digest } from '../../std/digest.ts'
import { approversOf, type AssessedApproval, type AssessedRequirement, type Assessment } from './assess.ts'
import { unknownPusher, type UnknownContributor } from './contributors.ts'
import { electorateOf, electorKey, hasRole } from './electorate.ts'
import type { ReviewRule } from './rule.ts'
import { approvalDoesNotCount } from './rules/approval-does-not-count.ts'
import { approverWithoutWrite } from './rules/approver-without-write.ts'
import { changesRequested } from './rules/changes-requested.ts'
import { requirementCannotBeMet } from './rules/requirement-cannot-be-met.ts'
import { unattributedContributor } from './rules/unattributed-contributor.ts'

/** What an assessment finds. All but `info` blocks. */
export function findingsOf(assessment: Assessment, policy: Policy, facts: Facts): Finding[] {
  return [
    ...assessment.objections.flatMap((review) => objection(review, policy, facts)),
    ...assessment.requirements.flatMap((requirement) => cannotBeMet(requirement, assessment)),
    ...assessment.approvals.flatMap(doesNotCount),
    ...assessment.approvals.flatMap((approval) => withoutWrite(approval, facts)),
    ...assessment.unknownContributors.map((one) => unattributed(one, policy)),
  ]
}

/** An objection blocks when its author has write access or is named by a requirement, also by one that does not apply now. */
function objection(review: Review, policy: Policy, facts: Facts): Finding[] {
  const { actor } = review
  const on = review.commit === null ? '' : ` on ${review.commit.slice(0, 7)}`
  if (actor === null) {
    const message = `An account that is gone requested changes${on}. Only a dismissal can clear that.`
    return [finding(changesRequested, message, `review ${review.id}`)]
  }
  const canWrite = hasRole(actor, 'write', facts)
  const needs = [...policy.gates.reviews.requirements, policy.policy_changes]
  const isNamed = electorateOf(needs.flatMap(approversOf), facts).people.has(electorKey(actor))
  if (canWrite === false && !isNamed) return []
  const right =
    canWrite === null && !isNamed ? ' Whether this person has write access could not be read.' : ''
  return [finding(changesRequested, `${actor.login} requested changes${on}.${right}`, `actor ${actor.id}`)]
}

function cannotBeMet(requirement: AssessedRequirement, { unknownContributors }: Assessment): Finding[] {
  const { name, progress, missingTeams } = requirement
  if (progress.kind !== 'impossible') return []
  const missing = missingTeams.map((team) => ` ${team} does not exist, or the App cannot see it.`).join('')
  const unknown =
    unknownContributors.length === 0
      ? ''
      : ` This counts one approval more for each contributor without an account (${unknownContributors.length}).`
  const message = `Nobody can meet the requirement "${name}": ${progress.why.join('; ')}.${missing}${unknown}`
  return [finding(requirementCannotBeMet, message, `requirement ${name}`)]
}

function doesNotCount({ review, whyNot }: AssessedApproval): Finding[] {
  if (whyNot === null) return []
  const who = review.actor === null ? 'an account that is gone' : review.actor.login
  const identity = review.actor === null ? `review ${review.id}` : `actor ${review.actor.id}`
  return [finding(approvalDoesNotCount, `The approval of ${who} does not count: ${whyNot}.`, identity)]
}

function withoutWrite({ review, counts }: AssessedApproval, facts: Facts): Finding[] {
  const { actor } = review
  if (!counts || actor === null || hasRole(actor, 'write', facts) !== false) return []
  const message = `${actor.login} has approved without write access. GitHub's own required reviews do not count that.`
  return [finding(approverWithoutWrite, message, `actor ${actor.id}`)]
}

function unattributed(contributor: UnknownContributor, policy: Policy): Finding {
  const { identity, shown, commit } = contributor
  const more = policy.gates.reviews.contributor_counts ? '' : ' Every requirement asks for one approval more.'
  if (contributor === unknownPusher) {
    const message = `GitHub does not say who pushed to the branch of this pull request.${more}`
    const remediation =
      'Get one approval more, or push the same commits to a branch of the repository itself, where it does.'
    return { ...finding(unattributedContributor, message, `contributor ${identity}`), remediation }
  }
  const what = commit === null ? 'This pull request' : `Commit ${commit.slice(0, 7)}`
  const message = `${what} is by ${shown}, whom GitHub ties to no account.${more}`
  return { ...finding(unattributedContributor, message, `contributor ${identity}`), commit }
}

function finding(rule: ReviewRule, message: string, identity: string): Finding {
  return {
    rule: rule.id,
    gate: 'reviews',
    severity: rule.severity,
    title: rule.title,
    message,
    remediation: rule.remediation,
    path: null,
    startLine: null,
    startColumn: null,
    endLine: null,
    endColumn: null,
    side: 'head',
    commit: null,
    resource: null,
    places: [],
    fingerprint: digest(rule.id, identity),
    preview: null,
  }
}
