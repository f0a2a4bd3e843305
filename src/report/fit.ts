/** GitHub counts bytes, although its documentation says characters. */
const maxBytes = 65_535

/** Text in parts, the most important first. */
export interface Parts {
  readonly parts: readonly string[]
  /** Always kept, behind the parts. */
  readonly last: string
  /** Says that so many parts were left out, and where they can be seen. */
  leftOut(number: number): string
}

/** As many whole parts as GitHub takes. A part is never cut: half a code fence would swallow what comes after it. */
export function fit({ parts, last, leftOut }: Parts): string {
  const whole = join([...parts, last])
  if (bytes(whole) <= maxBytes) return whole
  const kept: string[] = []
  let size = bytes(last) + bytes(leftOut(parts.length)) + 4
  for (const part of parts) {
    size += bytes(part) + 2
    if (size > maxBytes) break
    kept.push(part)
  }
  return join([...kept, leftOut(parts.length - kept.length), last])
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}

function bytes(text: string): number {
  return Buffer.byteLength(text)
}
