import type { Repository } from '../ports/git.ts'
import { UserError } from '../std/user-error.ts'

export interface JudgedRange {
  /** Commit ids. */
  readonly base: string
  readonly head: string
}

/** Never the branch's own upstream: what was pushed there is part of the change. */
const usualBases = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']

/** The range that `check` judges. Throws `UserError` where a name is unknown, or no base can be guessed. */
export async function judgedRange(
  repository: Repository,
  positionals: readonly string[],
): Promise<JudgedRange> {
  if (positionals.length > 1)
    throw wrong(`check takes one range, not ${positionals.length}.`, 'Write BASE..HEAD.')
  const [argument] = positionals
  if (argument === undefined)
    return { base: await usualBase(repository), head: await commit(repository, 'HEAD') }
  const [, base, head] = /^(.*?)\.\.\.?(.*)$/.exec(argument) ?? [undefined, argument, 'HEAD']
  return {
    base: base === undefined || base === '' ? await usualBase(repository) : await commit(repository, base),
    head: await commit(repository, head === undefined || head === '' ? 'HEAD' : head),
  }
}

async function usualBase(repository: Repository): Promise<string> {
  for (const name of usualBases) {
    const found = await repository.resolve(name)
    if (found !== null) return found
  }
  throw wrong(
    `There is no ${usualBases.join(', ')} to compare with.`,
    'Name the base: portcullis check BASE..HEAD.',
  )
}

async function commit(repository: Repository, name: string): Promise<string> {
  const found = await repository.resolve(name)
  if (found === null) throw wrong(`${JSON.stringify(name)} is no commit here.`, 'Fetch it, or name another.')
  return found
}

function wrong(message: string, remediation: string): UserError {
  return new UserError({ code: 'arguments-invalid', message, remediation })
}
