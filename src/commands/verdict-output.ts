import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

import type { Outcome, Verdict } from '../model/verdict.ts'
import { formats } from '../report/formats.ts'
import type { CommandContext } from './command.ts'
import type { VerdictFlags } from './verdict-flags.ts'

const exitCodes = { pass: 0, fail: 1, error: 3, waiting: 4 } as const satisfies Record<Outcome, number>

/** Prints a verdict in each format that was asked for, and gives the exit code: it does not depend on the format. */
export function outputVerdict(verdict: Verdict, flags: VerdictFlags, context: CommandContext): number {
  const color = flags.color === 'auto' ? context.color : flags.color === 'always'
  for (const { format, file } of flags.outputs) {
    const options = { color: color && file === null, isQuiet: flags.isQuiet, isVerbose: flags.isVerbose }
    const text = formats[format](verdict, options)
    if (file === null) context.out(text)
    else writeFileSync(resolve(context.cwd, file), text)
  }
  return flags.isFailing ? exitCodes[verdict.outcome] : 0
}
