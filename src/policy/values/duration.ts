import { z } from 'zod'

const unitMs = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
])

const words = 'must be a duration such as 30s, 5m or 1h'
const pattern = /^([1-9]\d{0,5})(ms|s|m|h)$/

/** `30s`, `5m`: text in the file, milliseconds in the policy. A bare number is refused, because it could be either unit. */
export const Duration = z
  .string(words)
  .regex(pattern, words)
  .transform((text) => {
    const [, amount = '', unit = ''] = pattern.exec(text) ?? []
    return Number(amount) * (unitMs.get(unit) ?? Number.NaN)
  })
