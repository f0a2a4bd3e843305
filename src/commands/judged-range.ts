import type { Repository } from '../ports/git.ts'
import { UserError } from '../std/user-error.ts'

export interface JudgedRange {
  /** Commit ids. */
  readonly base: string
  readonly head: string
}

/** Never the branch's own upstream: what was pushed there is part of the change. Whole names, see {@link commit}. */
const usualBases = [
  'remotes/origin/HEAD',
  'remotes/origin/main',
  'remotes/origin/master',
  'heads/main',
  'heads/master',
]

/** The range that `check` judges. Throws `UserError` where a name is unknown, or no base can be guessed. */
export async function judgedRange(
  repository: Repository,
  positionals: readonly string[],
): Promise<JudgedRange> {
  if (positionals.length > 1)
    throw wrong(`check takes one range, not ${positionals.length}.`, 'Write BASE..HEAD.')
  const { base, head } = namesIn(positionals[0] ?? '')
  return {
    base: base === '' ? await usualBase(repository) : await commit(repository, base),
    head: await commit(repository, head),
  }
}

/** The range of `scan --history`; of a single name all that led to it. Throws `UserError` where a name is unknown. */
export async function historyRange(
  repository: Repository,
  history: string,
): Promise<{ readonly base: string | null; readonly head: string }> {
  if (!history.includes('..')) return { base: null, head: await commit(repository, history) }
  return judgedRange(repository, [history])
}

/** `BASE..HEAD`; three dots mean the same, because content is always compared with the merge base. */
function namesIn(range: string): { base: string; head: string } {
  const [, base = range, head = ''] = /^(.*?)\.\.\.?(.*)$/s.exec(range) ?? []
  return { base, head: head === '' ? 'HEAD' : head }
}

async function usualBase(repository: Repository): Promise<string> {
  for (const name of usualBases) {
    const found = await repository.resolve(`refs/${name}`)
    if (found !== null) return found
  }
  throw wrong(
    `There is no ${usualBases.map((name) => name.replace(/^\w+\//, '')).join(', ')} to compare with.`,
    'Name the base: portcullis check BASE..HEAD.',
  )
}

/**
 * A branch before a tag of the same name, unlike git: whoever can push a tag called `origin/main` could otherwise choose
 * what a change is compared with.
 */
async function commit(repository: Repository, name: string): Promise<string> {
  const names =
    isId.test(name) || name === 'HEAD' ? [name] : [`refs/heads/${name}`, `refs/remotes/${name}`, name]
  for (const candidate of names) {
    const found = await repository.resolve(candidate)
    if (found !== null) return found
  }
  throw wrong(`${JSON.stringify(name)} is no commit here.`, 'Fetch it, or name another.')
}

const isId = /^[0-9a-f]{40}$/

function wrong(message: string, remediation: string): UserError {
  return new UserError({ code: 'arguments-invalid', message, remediation })
}
