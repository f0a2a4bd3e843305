import type { EffectivePolicy, PolicyOrigin } from '../../model/policy-source.ts'

/** One thing that the policy says, and who says it. */
export interface ExplainedLine {
  readonly key: string
  readonly value: string
  readonly origin: PolicyOrigin
}

const widestValue = 60

/** Three columns, for a terminal; ends with a newline. */
export function formatLines(lines: readonly ExplainedLine[]): string {
  const keys = Math.max(...lines.map(({ key }) => key.length))
  const values = Math.min(widestValue, Math.max(...lines.map(({ value }) => value.length)))
  const rows = lines.map(({ key, value, origin }) => {
    const line = origin.line === null ? '' : `:${origin.line}`
    return `${key.padEnd(keys)}  ${value.padEnd(values)}  ${origin.source}${line}\n`
  })
  return rows.join('')
}

/** A line for what stands at a dotted path; `origin` is the nearest that is known for it. */
export function lineAt({ origins }: EffectivePolicy, path: string, value: unknown): ExplainedLine {
  let at = path
  while (!origins.has(at) && /[.[]/.test(at))
    at = at.slice(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('[')))
  const origin = origins.get(at) ?? { source: 'preset:recommended', line: null }
  return { key: path, value: text(value), origin }
}

/** Control characters would rewrite the terminal, so JSON escapes them. */
function text(value: unknown): string {
  const isPlain = typeof value === 'string' && /^[\w@~./:*-][\w @~./:*,()-]*$/.test(value)
  return isPlain ? value : JSON.stringify(value).replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '?')
}
