/** Bits per character, by how often each occurs (Shannon). */
function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/**
 * Whether a generator made it and not a person naming something. Words repeat letters and keep to one kind of
 * character; what is random changes kind often and repeats little for its length.
 */
export function looksRandom(text: string): boolean {
  if (text.length < 8) return false
  if (isHex(text)) return text.length >= 24 && /\d/.test(text) && entropyOf(text) > 2.8
  const kinds = kindsOf(text)
  if (kinds < 2 || (kinds === 2 && (text.length < 12 || !/\d/.test(text)))) return false
  const changes = changesOf(text) / (text.length - 1)
  const entropy = entropyOf(text) / Math.log2(Math.min(text.length, 64))
  const least = leastOf(text, kinds)
  return changes >= least.changes && entropy > least.entropy
}

/** Below this, names in camel case and versions pass for generated text; above it, generated passwords are lost. */
function leastOf(text: string, kinds: number): { changes: number; entropy: number } {
  if (text.length < 12) return { changes: 0.3, entropy: 0.85 }
  return kinds >= 3 ? { changes: 0.25, entropy: 0.7 } : { changes: 0.3, entropy: 0.75 }
}

function isHex(text: string): boolean {
  return /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text)
}

/** Of lower case, upper case, digits and signs; a dash or a full stop joins words as well, so it is no kind. */
function kindsOf(text: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9._\-/\s]/].filter((kind) => kind.test(text)).length
}

/** Neighbours of different kinds, but for a capital before small letters, which is how words begin. */
function changesOf(text: string): number {
  let changes = 0
  for (let at = 1; at < text.length; at++) {
    const [left, right] = [kindOf(text[at - 1] ?? ''), kindOf(text[at] ?? '')]
    if (left !== right && !(left === 'upper' && right === 'lower')) changes++
  }
  return changes
}

function kindOf(character: string): 'lower' | 'upper' | 'digit' | 'sign' {
  if (character >= 'a' && character <= 'z') return 'lower'
  if (character >= 'A' && character <= 'Z') return 'upper'
  return character >= '0' && character <= '9' ? 'digit' : 'sign'
}
