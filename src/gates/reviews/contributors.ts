import type { Change, Commit, Person } from '../../model/change.ts'
import type { Actor, Facts } from '../../model/facts.ts'
import { accountsOf } from './accounts.ts'

/** Who made a change: over all parents, so that a commit that came in by a merge has an author like any other. */
export interface Contributors {
  /** Numeric id of the pull request's author; null where the account is gone. */
  readonly author: number | null
  /** What they did, by numeric id: `wrote 3f1c2d9`. The pull request's author is among them only for a commit or push. */
  readonly did: ReadonlyMap<number, string>
  /** People whom GitHub attributes to no account. Each of them may be anybody, an approver too. */
  readonly unknown: readonly UnknownContributor[]
}

export interface UnknownContributor {
  /** The e-mail address in lower case, or the name where there is none: what tells one from another. */
  readonly identity: string
  readonly shown: string
  /** The oldest commit that names them; null for the author of the pull request and for whoever pushed. */
  readonly commit: string | null
}

/** Stands for whoever pushed where GitHub does not say who did. */
export const unknownPusher: UnknownContributor = {
  // No name and no address in a commit has a line break.
  identity: '\npusher',
  shown: 'whoever pushed to the branch',
  commit: null,
}

/**
 * Authors, committers, co-authors and pushers of the change. Accounts come from GitHub's attribution, never from a name
 * or an address that a commit claims, but for co-authors: there GitHub's own no-reply address, or one that GitHub has
 * attributed in another commit of the change, is all there is, and it can only exclude somebody.
 */
export function contributorsOf(change: Change, facts: Facts): Contributors {
  const did = new Map<number, string>()
  const unknown = new Map<string, UnknownContributor>()
  const coAuthor = coAuthorReader(change, facts)
  const isAsked = wasAsked(facts)
  for (const commit of change.commits) {
    for (const { id, verb, person } of makersOf(commit, facts, coAuthor)) {
      if (id !== null) did.set(id, did.get(id) ?? `${verb} ${commit.oid.slice(0, 7)}`)
      else if (isAsked) note(unknown, person, commit.oid)
    }
  }
  notePushers(facts, did, unknown)
  const author = facts.pullRequest?.author?.id ?? null
  if (author === null) unknown.set('', { identity: '', shown: 'an account that is gone', commit: null })
  return { author, did, unknown: [...unknown.values()] }
}

function notePushers(facts: Facts, did: Map<number, string>, unknown: Map<string, UnknownContributor>): void {
  for (const { id } of facts.pushers ?? []) did.set(id, did.get(id) ?? 'pushed to the change')
  if (facts.pushers === null && hasApproval(facts)) unknown.set(unknownPusher.identity, unknownPusher)
}

/** Not asked, because there is no approval that could be somebody's own: nobody is unknown yet. */
function wasAsked(facts: Facts): boolean {
  return facts.attributions !== null || hasApproval(facts)
}

function hasApproval({ reviews }: Facts): boolean {
  return reviews.some(({ state }) => state === 'approved')
}

interface Maker {
  readonly id: number | null
  readonly verb: 'wrote' | 'committed' | 'co-authored'
  readonly person: Person
}

function makersOf(commit: Commit, facts: Facts, coAuthor: (person: Person) => number | null): Maker[] {
  const attributed = facts.attributions?.[commit.oid]
  const makers: Maker[] = [
    { id: attributed?.author?.id ?? null, verb: 'wrote', person: commit.author },
    { id: attributed?.committer?.id ?? null, verb: 'committed', person: commit.committer },
    ...commit.coAuthors.map((person) => ({ id: coAuthor(person), verb: 'co-authored' as const, person })),
  ]
  return makers.filter(({ id, verb, person }) => id !== null || verb === 'wrote' || !isNobody(person.email))
}

/**
 * `noreply@…` is a server that commits for its user, or a tool that helped. Whoever wants to hide needs no such name: the
 * address of any account would do.
 */
function isNobody(email: string): boolean {
  return /^no-?reply@/i.test(email)
}

/** https://docs.github.com/en/account-and-profile/reference/email-addresses-reference: with the numeric id, before 2017 without. */
const noReply = /^(?:(?<id>\d{1,15})\+)?(?<login>[^@+]+)@users\.noreply\.github\.com$/i

function coAuthorReader(change: Change, facts: Facts): (person: Person) => number | null {
  const accounts = accountsOf(facts)
  const emails = new Map<string, Actor>()
  for (const { oid, author, committer } of change.commits) {
    const attributed = facts.attributions?.[oid]
    if (attributed?.author) emails.set(author.email.toLowerCase(), attributed.author)
    if (attributed?.committer) emails.set(committer.email.toLowerCase(), attributed.committer)
  }
  return ({ email }) => {
    const { id, login } = noReply.exec(email)?.groups ?? {}
    if (id !== undefined) return Number(id)
    const named = login === undefined ? undefined : accounts.get(login.toLowerCase())
    return (named ?? emails.get(email.toLowerCase()))?.id ?? null
  }
}

function note(unknown: Map<string, UnknownContributor>, person: Person, commit: string): void {
  const identity = person.email === '' ? person.name : person.email.toLowerCase()
  const shown = `${person.name} <${person.email}>`
  if (!unknown.has(identity)) unknown.set(identity, { identity, shown, commit })
}
