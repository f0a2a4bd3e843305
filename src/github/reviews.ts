import { z } from 'zod'

import type { Review } from '../model/facts.ts'
import type { RepositoryName } from '../ports/github.ts'
import { Account, actorOf } from './actor.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'

/** An enum, so that a state which GitHub adds is an error and not a review that does not count. */
const State = z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'])

/** Without the text: what is picked is kept. */
const ReviewOfGitHub = z.object({
  id: z.int().positive(),
  user: Account.nullable(),
  state: State,
  commit_id: z.string().nullish(),
  submitted_at: z.string().nullish(),
})

const states: Readonly<Record<z.infer<typeof State>, Review['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  COMMENTED: 'commented',
  DISMISSED: 'dismissed',
  PENDING: 'pending',
}

/** Oldest first. https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request */
export async function readReviews(
  reader: Reader,
  { owner, name }: RepositoryName,
  number: number,
): Promise<Review[]> {
  const found = await reader.all(
    {
      path: path`/repos/${owner}/${name}/pulls/${number}/reviews`,
      permission: { name: 'pull_requests', level: 'read' },
      priority: 'facts',
      keep: 'stored',
    },
    ReviewOfGitHub,
  )
  return found.map(reviewOf).toSorted(byAge)
}

function reviewOf({ id, user, state, commit_id, submitted_at }: z.infer<typeof ReviewOfGitHub>): Review {
  return {
    id,
    actor: actorOf(user),
    state: states[state],
    commit: commit_id ?? null,
    at: submitted_at ?? null,
  }
}

/** One that was not submitted yet has no date and comes last. All of GitHub's dates have one format, so text compares. */
function byAge(one: Review, other: Review): number {
  const [oneAt, otherAt] = [one.at ?? '~', other.at ?? '~']
  if (oneAt === otherAt) return one.id - other.id
  return oneAt < otherAt ? -1 : 1
}
