import type { Comments } from '../ports/github.ts'
import { path } from './call.ts'
import type { Caller } from './caller.ts'
import { writeCall } from './checks.ts'

const permission = { name: 'pull_requests', level: 'write' } as const

/** https://docs.github.com/en/rest/issues/comments and `…/rest/reactions/reactions`; a pull request is an issue there. */
export function openComments(caller: Caller): Comments {
  return {
    async react({ owner, name }, comment, reaction) {
      const to = path`/repos/${owner}/${name}/issues/comments/${comment}/reactions`
      await writeCall(caller, { method: 'POST', path: to, body: { content: reaction }, permission })
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
