import type { Actor, Facts } from '../../model/facts.ts'

/**
 * Every account that the facts name, by login in lower case: GitHub's logins have no case. Reviewers come last, because
 * GitHub has just told their present login, while a team may have been read earlier.
 */
export function accountsOf(facts: Facts): ReadonlyMap<string, Actor> {
  const accounts = new Map<string, Actor>()
  for (const actor of actorsOf(facts)) accounts.set(actor.login.toLowerCase(), actor)
  return accounts
}

function* actorsOf(facts: Facts): Generator<Actor> {
  for (const members of Object.values(facts.teams)) yield* members ?? []
  for (const { actor } of facts.collaborators ?? []) yield actor
  yield* facts.pushers ?? []
  const people = Object.values(facts.attributions ?? {}).flatMap(({ author, committer }) => [
    author,
    committer,
  ])
  people.push(facts.pullRequest?.author ?? null)
  people.push(...facts.reviews.map(({ actor }) => actor))
  for (const person of people) if (person !== null) yield person
}
