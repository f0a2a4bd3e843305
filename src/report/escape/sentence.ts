import { visible } from './visible.ts'

/**
 * One of our sentences, which may quote anything, as plain words and literal text. Plain is what neither Markdown, HTML nor
 * GitHub reads as anything else: no link, mention, reference, emoji, list or heading. The rest goes through `literal`, which
 * makes it code; neighbours become one. So a name that somebody chose cannot become more than a name.
 */
export function sentence(text: string, literal: (text: string) => string): string {
  const out: string[] = []
  let before = ''
  let pending: string[] = []
  const flush = (after: string) => {
    if (pending.length > 0) out.push(`${before}${literal(pending.join(' '))}${after}`)
    pending = []
  }
  for (const word of visible(text).split(' ')) {
    if (word === '') continue
    const { opening, core, closing } = partsOf(word)
    const isFirst = out.length === 0 && pending.length === 0
    if (plain.test(core) && !(isFirst && /^\d+[.)]/.test(word)) && !reference.test(core)) {
      flush('')
      out.push(word)
      continue
    }
    if (opening !== '') flush('')
    if (pending.length === 0) before = opening
    pending.push(core)
    if (closing !== '') flush(closing)
  }
  flush('')
  return out.join(' ')
}

/** Words with hyphens and apostrophes, numbers, dashes. Latin letters alone: others may run from right to left. */
const plain = /^(?:[A-Za-z\u00c0-\u024f\d]+(?:['’-][A-Za-z\u00c0-\u024f\d]+)*%?|[–—…])?$/

/** What GitHub links by itself: commits, `GH-12`, and `ABC-12` where a repository says what that is. */
const reference = /^[0-9a-f]{7,}$|^[a-z]+-\d+$/i

/** Punctuation around a word stays outside of it. */
function partsOf(word: string): { opening: string; core: string; closing: string } {
  const opening = /^["'(]*/.exec(word)?.[0] ?? ''
  const rest = word.slice(opening.length)
  const closing = closingOf(rest)
  return { opening, core: rest.slice(0, rest.length - closing.length), closing }
}

/** By hand: a pattern that ends in `$` takes quadratic time on a long run of dots. */
function closingOf(text: string): string {
  let end = text.length
  while (end > 0 && closingMarks.has(text.charAt(end - 1))) end -= 1
  return text.slice(end)
}

const closingMarks = new Set('"\'.,;:!?)')
