import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

import type { Judged } from '../jobs/judge.ts'
import type { Outcome } from '../model/verdict.ts'
import { formats } from '../report/formats.ts'
import { UserError } from '../std/user-error.ts'
import type { CommandContext } from './command.ts'
import type { VerdictFlags } from './verdict-flags.ts'

const exitCodes = { pass: 0, fail: 1, error: 3, waiting: 4 } as const satisfies Record<Outcome, number>

/**
 * Prints a verdict in each format that was asked for, and gives the exit code: it does not depend on the format. Throws
 * `UserError` for a file that cannot be written, before anything is on stdout.
 */
export function outputJudged(
  { verdict, fault }: Pick<Judged, 'verdict' | 'fault'>,
  flags: VerdictFlags,
  context: CommandContext,
): number {
  const color = flags.color === 'auto' ? context.color : flags.color === 'always'
  const toFilesFirst = flags.outputs.toSorted(
    (one, other) => Number(one.file === null) - Number(other.file === null),
  )
  for (const { format, file } of toFilesFirst) {
    const options = { color: color && file === null, isQuiet: flags.isQuiet, isVerbose: flags.isVerbose }
    const text = formats[format](verdict, options)
    if (file === null) context.out(text)
    else writeNamedFile(context.cwd, file, text)
  }
  if (fault !== null) context.err(faultText(fault, flags.isVerbose))
  return flags.isFailing ? exitCodes[verdict.outcome] : 0
}

/** Never the error's message: it may quote what was judged. */
function faultText({ name, stack }: Error, isVerbose: boolean): string {
  const frames = (stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  const more = isVerbose ? `\n${frames.join('\n')}` : ' See where with --verbose.'
  return `portcullis: ${name} in Portcullis itself stopped the evaluation.${more}\n`
}

function writeNamedFile(cwd: string, file: string, text: string): void {
  try {
    writeFileSync(resolve(cwd, file), text)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    const message = `${file} cannot be written (${String(error.code)}).`
    const remediation = 'Name a file in a folder that is there.'
    throw new UserError({ code: 'arguments-invalid', message, remediation }, { cause: error })
  }
}
