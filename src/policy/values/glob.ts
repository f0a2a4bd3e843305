import { Minimatch } from 'minimatch'
import { z } from 'zod'

const options = { dot: true, nonegate: true, nocomment: true, platform: 'linux' } as const

/** A glob on paths as git has them. What could never match is refused, because it would silently guard nothing. */
export const Glob = z
  .string()
  .min(1)
  .max(500)
  .superRefine((glob, context) => {
    const problem = problemOf(glob)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })

/** Whether a path, or the name of a branch, matches one of the globs. They are compiled once, here. */
export function matcherOf(globs: readonly string[]): (path: string) => boolean {
  const compiled = globs.map((glob) => new Minimatch(glob, options))
  return (path) => compiled.some((one) => one.match(path))
}

function problemOf(glob: string): string | null {
  if (glob.startsWith('/')) return 'begins with "/", and no path does; leave it out'
  if (/^\.\.?\//.test(glob)) return 'begins with "./" or "../", and no path does; begin at the root'
  if (glob.startsWith('!')) return 'is a negation, which has no meaning here; use a list of what to exclude'
  if (glob.endsWith('/')) return 'ends with "/" and matches no file; write "/**" for all in a folder'
  if (/\p{Cc}/u.test(glob)) return 'has a control character'
  return isClosed(glob)
    ? null
    : 'has a "{", "[" or "(" that is not closed; write a backslash before one that is meant so'
}

/** Minimatch takes what is not closed for itself, so that a forgotten brace would match nothing, without a word. */
function isClosed(glob: string): boolean {
  const plain = glob.replaceAll(/\\./g, '').replaceAll(/\[[^\]]*\]/g, '')
  const isBalanced = (open: string, close: string) => plain.split(open).length === plain.split(close).length
  return !plain.includes('[') && isBalanced('{', '}') && isBalanced('(', ')')
}
