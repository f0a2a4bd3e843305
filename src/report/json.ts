import type { Verdict } from '../model/verdict.ts'
import { jsonText } from './escape/json.ts'

/** The verdict as it is, in the schema's order. */
export function json(verdict: Verdict): string {
  return jsonText(verdict)
}
