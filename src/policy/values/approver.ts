import { z } from 'zod'

/** GitHub's logins: 39 letters, digits and inner hyphens; `_company` of a managed user; `[bot]` of an App. */
const login = /^[a-z\d](?:-?[a-z\d]){0,38}(?:_[a-z\d]+)?(?:\[bot\])?$/i
const team = /^@[a-z\d](?:-?[a-z\d]){0,38}\/[a-z\d._-]+$/i

/** From the least to the most: whoever has one has those before it too. */
const approvingRoles = ['write', 'maintain', 'admin'] as const

/** A login, `@organisation/team`, a role that may approve, or `codeowners`. */
export const Approver = z.string().superRefine((by, context) => {
  const problem = problemOf(by)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

export const Login = z.string().regex(login, 'must be the login of a GitHub user')

function problemOf(by: string): string | null {
  if (by === 'read' || by === 'triage')
    return `people with ${by} cannot approve at GitHub; use write, maintain or admin`
  if (login.test(by) || team.test(by)) return null
  if (/^@[^/]+$/.test(by))
    return `is a team without its organisation, or a user; write @ORGANISATION/TEAM or a login`
  return 'must be a login, @ORGANISATION/TEAM, a role (write, maintain, admin) or codeowners'
}

/**
 * The first entry that `floor` does not include; null where each is in it. A role is in a lower role: whoever has admin
 * has maintain. Who is in a team is not known here, so another team or login is never in it.
 */
export function outside(floor: readonly string[], value: readonly string[]): number | null {
  const names = new Set(floor.map((by) => by.toLowerCase()))
  const lowest = approvingRoles.findIndex((role) => names.has(role))
  const index = value.findIndex((by) => {
    const role = approvingRoles.findIndex((name) => name === by)
    return !names.has(by.toLowerCase()) && (lowest === -1 || role < lowest)
  })
  return index === -1 ? null : index
}
