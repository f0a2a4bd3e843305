import { z } from 'zod'

const unitBytes = new Map([
  ['B', 1],
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3],
])

const words = 'must be a size such as 512KiB, 10MiB or 1GiB'
const pattern = /^([1-9]\d{0,8})(B|KiB|MiB|GiB)$/

/** `10MiB`: text in the file, bytes in the policy. `MB` is refused: people mean two different numbers by it. */
export const Size = z
  .string(words)
  .regex(pattern, words)
  .transform((text) => {
    const [, amount = '', unit = ''] = pattern.exec(text) ?? []
    return Number(amount) * (unitBytes.get(unit) ?? Number.NaN)
  })
