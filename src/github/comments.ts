import { z } from 'zod'

import type { Comments } from '../ports/github.ts'
import { path } from './call.ts'
import type { Caller } from './caller.ts'
import { writeCall } from './checks.ts'
import type { Reader } from './reader.ts'

const CommentOfGitHub = z.object({
  id: z.int().positive(),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? ''),
  performed_via_github_app: z.object({ id: z.int() }).nullish(),
})

const permission = { name: 'pull_requests', level: 'write' } as const

/** https://docs.github.com/en/rest/issues/comments and `…/rest/reactions/reactions`; a pull request is an issue there. */
export function openComments(caller: Caller, reader: Reader, app: number | null): Comments {
  return {
    async react({ owner, name }, comment, reaction) {
      const to = path`/repos/${owner}/${name}/issues/comments/${comment}/reactions`
      await writeCall(caller, { method: 'POST', path: to, body: { content: reaction }, permission })
    },
    async find({ owner, name }, issue, text) {
      const found = await reader.all(
        {
          path: path`/repos/${owner}/${name}/issues/${issue}/comments`,
          permission: { name: 'pull_requests', level: 'read' },
          priority: 'result',
          // What people write is not kept.
          keep: 'nowhere',
        },
        CommentOfGitHub,
      )
      // By id, because anybody may write the text.
      return (
        found.find(({ body, performed_via_github_app: by }) => by?.id === app && body.includes(text)) ?? null
      )
    },
    async create({ owner, name }, issue, body) {
      const to = path`/repos/${owner}/${name}/issues/${issue}/comments`
      return writeCall(caller, { method: 'POST', path: to, body: { body }, permission })
    },
    async update({ owner, name }, comment, body) {
      const to = path`/repos/${owner}/${name}/issues/comments/${comment}`
      await writeCall(caller, { method: 'PATCH', path: to, body: { body }, permission })
    },
  }
}
