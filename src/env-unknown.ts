import type { EnvProblem } from './env-problem.ts'

/** Names that begin like this are nobody's but ours, and those of Probot that we do not read. */
const ours = /^(?:WEBHOOK_|PRIVATE_KEY|GHE_|GITHUB_CLIENT_)/

/** What Kubernetes puts into every container for a Service called, say, `webhook`. */
const kubernetes = /_SERVICE_(?:HOST|PORT)(?:_|$)|_PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?$/

/**
 * Settings that were meant for us but are not ours: with the prefix of ours, or one letter off. A container has many
 * variables of others, so short names, which are easily like another, count only where the setting itself is missing:
 * see {@link meantFor}.
 */
export function unknownSettings(set: readonly string[], known: readonly string[]): EnvProblem[] {
  return set
    .filter((name) => !known.includes(name) && !kubernetes.test(name))
    .flatMap((name) => {
      const meant = known.find((candidate) => candidate.length >= 8 && isOneOff(name, candidate)) ?? null
      if (meant === null && !ours.test(name) && !isPrefixed(name, known)) return []
      return [problem(name, meant ?? (isPrefixed(name, known) ? unprefixed(name) : null))]
    })
}

/** A variable that is set and may have been meant for a setting that is missing. */
export function meantFor(missing: string, set: readonly string[]): string | null {
  return set.find((name) => isOneOff(name, missing)) ?? null
}

/** `PORTCULLIS_APP_ID`; but `PORTCULLIS_PORT` is what Kubernetes sets for a Service of our name. */
function isPrefixed(name: string, known: readonly string[]): boolean {
  return name.startsWith('PORTCULLIS_') && known.includes(unprefixed(name))
}

function unprefixed(name: string): string {
  return name.replace(/^PORTCULLIS_/, '')
}

function problem(name: string, meant: string | null): EnvProblem {
  const remediation = meant === null ? 'Remove it.' : `Did you mean ${meant}?`
  return { message: `${name} is not a setting of Portcullis.`, remediation }
}

/** One letter inserted, left out, replaced or swapped with its neighbour; capitals do not count. */
function isOneOff(one: string, other: string): boolean {
  const [a, b] = [one.toUpperCase(), other.toUpperCase()]
  if (a === b) return one !== other
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  const rest = [a.slice(start), b.slice(start)] as const
  const [first, second] = rest[0].length >= rest[1].length ? rest : [rest[1], rest[0]]
  if (first.length > second.length) return first.slice(1) === second
  const isSwapped = first[0] === second[1] && first[1] === second[0] && first.slice(2) === second.slice(2)
  return first.slice(1) === second.slice(1) || isSwapped
}
