import { UserError } from '../std/user-error.ts'
import type { Git } from './git.ts'

/** The first with `cat-file -z` and `safe.bareRepository`: https://github.com/git/git/blob/master/Documentation/RelNotes/2.38.0.txt */
const minimum = [2, 38] as const

/** The version of git, `2.39.5`. Throws a UserError where there is no git, or one that is too old. */
export async function gitVersion(git: Git): Promise<string> {
  const printed = await git.line({ args: ['version'] })
  const [version, major, minor] = /(\d+)\.(\d+)(?:\.\d+)*/.exec(printed) ?? []
  if (version === undefined || major === undefined || minor === undefined)
    throw tooOld(`What git says of its version cannot be read.`)
  const isOld = Number(major) < minimum[0] || (Number(major) === minimum[0] && Number(minor) < minimum[1])
  if (isOld) throw tooOld(`git ${version} is too old.`)
  return version
}

function tooOld(message: string): UserError {
  return new UserError({
    code: 'environment-invalid',
    message,
    remediation: `Install git ${minimum.join('.')} or later.`,
  })
}
