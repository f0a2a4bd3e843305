import type { Review, Facts } from '../../model/facts.ts'
import type { GateInput } from '../../model/gate.ts'
import type { Approver, Needs, Policy } from '../../model/policy.ts'
import { isPolicyPath } from '../../policy/policy-paths.ts'
import { applies } from './applies.ts'
import { type Eligibility, whyNot, whyNotActor } from './approvals.ts'
import { contributorsOf, type UnknownContributor } from './contributors.ts'
import { distinct } from './distinct.ts'
import { type Elector, electorateOf, electorKey } from './electorate.ts'
import { latestOpinions } from './opinions.ts'
import {
  type Count,
  type CountNeeds,
  type Progress,
  progressOf,
  shared,
  type Tally,
  tallyOf,
} from './tally.ts'

/** How far the reviews of a change are. */
export interface Assessment {
  /** Those that apply to the change, in the order of the policy. */
  readonly requirements: readonly AssessedRequirement[]
  /** The latest opinions that approve. */
  readonly approvals: readonly AssessedApproval[]
  /** The latest opinions that ask for changes. */
  readonly objections: readonly Review[]
  readonly unknownContributors: readonly UnknownContributor[]
}

export interface AssessedRequirement {
  readonly name: string
  readonly progress: Progress
  /** Teams that it asks and that do not exist, or that the App cannot see. */
  readonly missingTeams: readonly string[]
  readonly asksCodeOwners: boolean
}

export interface AssessedApproval {
  readonly review: Review
  /** Why it does not count, or not everywhere; null where it counts. */
  readonly whyNot: string | null
  readonly counts: boolean
}

/** The name under which the approval of a policy change is waited for. */
const policyChange = 'policy change'

/** Holds the reviews against each requirement that applies. */
export function assess(input: Pick<GateInput, 'change' | 'policy'> & { readonly facts: Facts }): Assessment {
  const { change, policy, facts } = input
  const contributors = contributorsOf(change, facts)
  const opinions = latestOpinions(facts.reviews)
  const approvals = opinions.filter((review) => review.state === 'approved')
  const eligibility = { change, contributors, reviews: policy.gates.reviews }
  const asked = askedOf(input).map((one) => {
    const strict = one.isPolicyChange ? { author_counts: false, contributor_counts: false } : {}
    const own = { ...eligibility, reviews: { ...policy.gates.reviews, ...strict } }
    const tally = tallyOf(one.needs, (leaf, inNone) =>
      countOf(leaf, inNone, { approvals, facts, eligibility: own }),
    )
    return { ...one, tally, eligibility: own }
  })
  const progress = progressOfEach(
    asked.map(({ tally }) => tally),
    policy.gates.reviews.distinct,
  )
  return {
    requirements: asked.map(({ name, needs }, index) => ({
      name,
      progress: progress[index] ?? { kind: 'unknown', why: [] },
      missingTeams: electorateOf(approversOf(needs), facts).missingTeams,
      asksCodeOwners: approversOf(needs).includes('codeowners'),
    })),
    approvals: approvals.map((review) => assessApproval(review, asked)),
    objections: opinions.filter((review) => review.state === 'changes-requested'),
    unknownContributors: contributors.unknown,
  }
}

/** Everybody whom a tree of needs names, in its order. */
export function approversOf(needs: Needs): readonly Approver[] {
  if ('any' in needs) return needs.any.flatMap(approversOf)
  if ('all' in needs) return needs.all.flatMap(approversOf)
  if ('none' in needs) return needs.none.flatMap(approversOf)
  return needs.by
}

interface Asked {
  readonly name: string
  readonly needs: Needs
  readonly isPolicyChange: boolean
}

function askedOf({
  change,
  policy,
  facts,
}: Pick<GateInput, 'change' | 'policy'> & { readonly facts: Facts }): Asked[] {
  const asked: Asked[] = policy.gates.reviews.requirements
    .filter((requirement) => applies(requirement.if, change.files))
    .map((needs) => ({ name: needs.name, needs, isPolicyChange: false }))
  if (change.files.some(({ path }) => isPolicyPath(policy, path, facts.repository.name))) {
    asked.push({ name: policyChange, needs: policy.policy_changes, isPolicyChange: true })
  }
  return asked
}

interface Ballot {
  readonly approvals: readonly Review[]
  readonly facts: Facts
  readonly eligibility: Eligibility
}

/**
 * Somebody whom GitHub knows no account of wrote a part of the change and may be any of the approvers. So each of them
 * asks for one approval more: then enough of the approvals are not theirs, whoever they are.
 */
function countOf(leaf: CountNeeds, inNone: boolean, { approvals, facts, eligibility }: Ballot): Count {
  const { people, unknown } = electorateOf(leaf.by, facts)
  const eligible = new Map<string, Elector>()
  const excluded: string[] = []
  for (const [key, elector] of people) {
    const reason = whyNotActor(elector, eligibility)
    if (reason === null) eligible.set(key, elector)
    else excluded.push(`${elector.login}, because ${reason}`)
  }
  const keys = approvals
    .filter((review) => whyNot(review, eligibility) === null)
    .flatMap(({ actor }) => (actor === null ? [] : [electorKey(actor)]))
  const { contributors, reviews } = eligibility
  const more = leaf.count === 0 || inNone || reviews.contributor_counts ? 0 : contributors.unknown.length
  return {
    kind: 'count',
    needs: leaf.count + more,
    people: eligible,
    approved: new Set(keys.filter((key) => eligible.has(key))),
    unknown,
    excluded,
    asks: leaf.by.length === 0 ? 'nobody' : leaf.by.join(', '),
  }
}

function progressOfEach(
  tallies: readonly Tally[],
  isDistinct: Policy['gates']['reviews']['distinct'],
): Progress[] {
  const supply = isDistinct ? distinct(tallies) : shared
  if (supply !== null) return tallies.map((tally) => progressOf(tally, supply))
  const why = ['its alternatives are too many to give each person to one requirement only']
  return tallies.map(() => ({ kind: 'unknown', why }))
}

function assessApproval(
  review: Review,
  asked: readonly { readonly name: string; readonly tally: Tally; readonly eligibility: Eligibility }[],
): AssessedApproval {
  const verdicts = asked.map(({ name, tally, eligibility }) => ({
    name,
    refused: whyNot(review, eligibility),
    counts: review.actor !== null && hasApproved(tally, electorKey(review.actor)),
  }))
  const counts = verdicts.some((verdict) => verdict.counts)
  const refused = verdicts.find((verdict) => verdict.refused !== null)
  if (refused?.refused != null) {
    const where = counts ? ` for the requirement "${refused.name}"` : ''
    return { review, counts, whyNot: `${refused.refused}${where}` }
  }
  if (counts || asked.length === 0) return { review, counts, whyNot: null }
  return { review, counts, whyNot: 'no requirement of this change asks this person' }
}

function hasApproved(tally: Tally, key: string): boolean {
  return tally.kind === 'count'
    ? tally.approved.has(key)
    : tally.children.some((child) => hasApproved(child, key))
}
