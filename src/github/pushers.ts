import { z } from 'zod'

import type { Actor, Facts } from '../model/facts.ts'
import { AnswerTooLarge, Gone, PermissionMissing } from '../ports/github-errors.ts'
import type { RepositoryName } from '../ports/github.ts'
import { Account, actorOf } from './actor.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'

const Activity = z.object({ activity_type: z.string(), actor: Account.nullable() })

/**
 * Who pushed to a branch, made it or merged into it. All of its history: which push brought a commit that is still part of
 * a change cannot be told after a forced one. An account that is gone can approve nothing, so it is left out.
 * https://docs.github.com/en/rest/repos/repos#list-repository-activities
 */
export async function readPushers(
  reader: Reader,
  { owner, name }: RepositoryName,
  branch: string,
): Promise<Facts['pushers']> {
  const found = await orUnknown(() =>
    reader.newestOrNull(
      {
        path: path`/repos/${owner}/${name}/activity`,
        query: { ref: `refs/heads/${branch}` },
        permission: { name: 'contents', level: 'read' },
        priority: 'facts',
        // The address names the branch, and whoever pushes may name it after a secret.
        keep: 'in-memory',
      },
      Activity,
    ),
  )
  // The branch is there, so somebody has pushed to it: nothing at all is no answer.
  if (found === null || found.length === 0) return null
  const pushers = new Map<number, Actor>()
  for (const { activity_type: type, actor: account } of found) {
    const actor = type === 'branch_deletion' ? null : actorOf(account)
    if (actor !== null) pushers.set(actor.id, actor)
  }
  return [...pushers.values()].toSorted((one, other) => one.id - other.id)
}

/** A fork belongs to somebody else, who need not let us read it. */
async function orUnknown<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof PermissionMissing || error instanceof Gone || error instanceof AnswerTooLarge)
      return null
    throw error
  }
}
