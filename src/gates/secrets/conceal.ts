import type { Conceal } from '../../model/gate.ts'
import type { Policy } from '../../model/policy.ts'
import { Redacted } from '../../std/redacted.ts'
import { prepareRules, secretsIn } from './search.ts'
import type { PreparedRules } from './search.ts'

/**
 * What may be shown of paths, names and messages. It hides what the gate finds, so that a finding about a file name does
 * not print the name. Without a policy the policy's own rules are missing.
 */
export function concealSecrets(policy: Policy | null): Conceal {
  // Most of what is shown was seen before: a path stands in every finding of its file.
  const shown = new Map<string, string>()
  let prepared: PreparedRules | null = null
  return (text) => {
    const known = shown.get(text)
    if (known !== undefined) return known
    prepared ??= prepareRules(policy?.gates.secrets.custom ?? [])
    const concealed = withoutSecrets(text, prepared)
    if (shown.size >= mostKept) shown.clear()
    shown.set(text, concealed)
    return concealed
  }
}

/** Texts; the front door asks for as long as the App runs. */
const mostKept = 10_000

/** The text with the preview of each secret in its place. */
export function withoutSecrets(text: string, prepared: PreparedRules): string {
  const bytes = Buffer.from(text)
  const parts: string[] = []
  let at = 0
  for (const { start, end, value } of secretsIn(prepared, bytes)) {
    // Several secrets decoded from one stretch all stand there.
    if (start < at) continue
    const secret = new Redacted(Buffer.from(value, 'latin1').toString('utf8'))
    parts.push(bytes.toString('utf8', at, start), secret.preview)
    at = end
  }
  return parts.length === 0 ? text : parts.join('') + bytes.toString('utf8', at)
}
