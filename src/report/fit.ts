/** GitHub counts bytes, although its documentation says characters. */
export const maxBytes = 65_535

/** Text in parts, the most important first. */
export interface Parts {
  /** Each whole in itself: no fence or fold goes on into the next. An empty one is none. */
  readonly parts: readonly string[]
  /** Always kept, behind the parts. */
  readonly last: string
  /** Says that so many parts were left out, and where they can be seen. */
  leftOut(number: number): string
}

/**
 * As many whole parts as fit, the least important left out first. A part is never cut, because half a code fence would
 * swallow what comes after it; one that is too large by itself is left out alone.
 */
export function fit(given: Parts, most = maxBytes): string {
  const { last } = given
  const filled = given.parts.filter((part) => part !== '')
  const whole = join([...filled, last])
  if (Buffer.byteLength(whole) <= most) return whole
  const room = most - sizeOf(last) - sizeOf(given.leftOut(filled.length))
  const kept: string[] = []
  let size = 0
  for (const part of filled) {
    if (sizeOf(part) > room) continue
    size += sizeOf(part)
    if (size > room) break
    kept.push(part)
  }
  return join([...kept, given.leftOut(filled.length - kept.length), last])
}

const between = '\n\n'

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(between)
}

function sizeOf(part: string): number {
  return Buffer.byteLength(part) + between.length
}
