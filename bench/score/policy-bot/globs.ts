import { CannotImport } from './cannot-import.ts'

/** Any text, `/` included, at the begin, in the middle and at the end of a glob. */
const anything = { begin: '{*,**/*}', middle: '{*,*/**/*}', end: '{*,*/**}' } as const

/**
 * A glob that matches the same paths as a regular expression of literal text, `.*`, `^` and `$`, which is not anchored
 * unless it says so. Throws {@link CannotImport} for any other.
 */
export function globOfPattern(pattern: string): string {
  const isFromStart = pattern.startsWith('^')
  const isToEnd = /(?:^|[^\\])\$$/.test(pattern)
  const inner = pattern.slice(isFromStart ? 1 : 0, isToEnd ? -1 : undefined)
  const pieces = (isFromStart ? inner : `.*${inner}`).concat(isToEnd ? '' : '.*').split(/(?:\.\*)+/)
  const literals = pieces.map((piece) => literalOf(piece, pattern))
  const last = literals.length - 1
  return literals
    .map((literal, index) => {
      if (index === last) return literal
      if (index === 0 && literal === '') return last === 1 && literals[1] === '' ? '**' : anything.begin
      return literal + (index + 1 === last && literals[last] === '' ? anything.end : anything.middle)
    })
    .join('')
}

/** Only text that means itself in a regular expression and in a glob. */
function literalOf(piece: string, pattern: string): string {
  const text = piece.replaceAll(/\\([./_-])/g, '$1')
  const isPlain = /^[\w/ -]*$/.test(piece.replaceAll(/\\[./_-]/g, ''))
  // git has no such paths, and minimatch resolves `..` instead of taking it for a name.
  const isOfNoPath = /\/\/|(?:^|\/)\.\.?(?:\/|$)/.test(text)
  if (!isPlain || isOfNoPath) throw new CannotImport(`the regular expression ${pattern}`)
  return text
}

/** The globs of doublestar that mean the same in minimatch; `charts/**` matches `charts` as well. */
export function globsOfGlob(glob: string): readonly string[] {
  if (/^!|[()\\]/.test(glob)) throw new CannotImport(`the glob ${glob}`)
  return glob.endsWith('/**') ? [glob, glob.slice(0, -'/**'.length)] : [glob]
}
