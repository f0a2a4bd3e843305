import { z } from 'zod'

import type { Actor } from '../model/facts.ts'

/** An account as GitHub's answers name it. `type` is no enum: GitHub adds types. */
export const Account = z.object({ id: z.int().positive(), login: z.string().min(1), type: z.string() })
export type Account = z.infer<typeof Account>

/** GitHub's own committer of what is done on its pages: no person. Its login is reserved on every server. */
const webFlow = 'web-flow'

/** The account that stands for deleted ones, https://github.com/ghost: nobody. */
const ghost = 'ghost'

/** Null for nobody. A `Bot` is the account of an App; whatever is no `User` is never taken for a human. */
export function actorOf(account: Account | null): Actor | null {
  if (account === null || account.login === ghost) return null
  return { id: account.id, login: account.login, kind: kindOf(account) }
}

function kindOf({ type, login }: Account): Actor['kind'] {
  if (type === 'User' && login !== webFlow) return 'human'
  return type === 'Bot' ? 'app' : 'bot'
}
