import { Verdict } from '../model/verdict.ts'
import { jsonText } from './escape/json.ts'

/** The verdict as it is. Parsing puts its keys into the schema's order, wherever it comes from. */
export function json(verdict: Verdict): string {
  return jsonText(Verdict.parse(verdict))
}
