import type { Verdict } from '../model/verdict.ts'
import { github } from './github.ts'
import { human } from './human.ts'
import { json } from './json.ts'
import { sarif } from './sarif.ts'

export interface FormatOptions {
  readonly color: boolean
  /** Only what blocks. */
  readonly isQuiet: boolean
  /** Also what was excused. */
  readonly isVerbose: boolean
}

/** What a verdict can be printed as; one file each. */
export const formats = { human, json, sarif, github } satisfies Readonly<
  Record<string, (verdict: Verdict, options: FormatOptions) => string>
>

export type FormatName = keyof typeof formats
