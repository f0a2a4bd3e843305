/** At most so many characters, the middle left out: of a path the end tells the most. Before escaping, which makes longer. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const characters = Array.from(text)
  if (characters.length <= most) return text
  const start = Math.ceil((most - 1) / 2)
  const end = most - 1 - start
  return `${characters.slice(0, start).join('')}…${end === 0 ? '' : characters.slice(-end).join('')}`
}

/** At most so many characters and bytes, the end left out. */
export function cutTo(text: string, { characters, bytes }: { characters: number; bytes: number }): string {
  // No character has more than two code units, so what comes after these is never looked at.
  const all = Array.from(text.slice(0, 2 * (characters + 1)))
  if (text.length <= 2 * (characters + 1) && all.length <= characters && Buffer.byteLength(text) <= bytes)
    return text
  const kept = all.slice(0, characters - 1)
  let size = Buffer.byteLength(kept.join('')) + Buffer.byteLength('…')
  while (size > bytes) size -= Buffer.byteLength(kept.pop() ?? '')
  return `${kept.join('')}…`
}
