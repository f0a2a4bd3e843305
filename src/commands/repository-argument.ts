import type { RepositoryName } from '../ports/github.ts'
import { UserError } from '../std/user-error.ts'

/** `OWNER/REPO`, or `OWNER/REPO#N` with the number of a pull request. */
export interface RepositoryArgument extends RepositoryName {
  readonly number: number | null
}

/** Throws `UserError` for anything else. GitHub's names have letters, digits, `-`, `_` and `.` only. */
export function parseRepositoryArgument(text: string | undefined, usage: string): RepositoryArgument {
  const [, owner, name, number] = /^([\w-]+)\/([\w.-]+)(?:#([1-9]\d{0,8}))?$/.exec(text ?? '') ?? []
  if (owner === undefined || name === undefined || name === '.' || name === '..')
    throw new UserError({
      code: 'arguments-invalid',
      message:
        text === undefined ? 'The repository is missing.' : `${JSON.stringify(text)} is no repository.`,
      remediation: `Write ${usage}.`,
    })
  return { owner, name, number: number === undefined ? null : Number(number) }
}

/** Throws `UserError` for arguments beyond the ones that a command has. */
export function noMore(rest: readonly string[], usage: string): void {
  const [first] = rest
  if (first === undefined) return
  const message = `${JSON.stringify(first)} is one argument too many.`
  throw new UserError({ code: 'arguments-invalid', message, remediation: `Write ${usage}.` })
}
