import type { Verdict } from '../model/verdict.ts'

/** The verdict as it is, in the schema's order, indented by two; a new line at the end. */
export function json(verdict: Verdict): string {
  return `${JSON.stringify(verdict, null, 2)}\n`
}
