import type { z } from 'zod'

import { nearest } from '../../std/nearest.ts'
import { shown } from './excerpt.ts'

type Issue = z.core.$ZodIssue

/** What is wrong at a path of the file: one mistake, in words. */
export interface Mistake {
  readonly path: readonly (string | number)[]
  /** Whether the key is at fault, not its value. */
  readonly isKey: boolean
  /** Whether there is nothing where something must be. */
  readonly isMissing: boolean
  readonly message: string
  readonly suggestion: string | null
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'null',
}

/** The words for what zod finds; a schema's own message goes before them. */
export const wordsOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type')
    return issue.input === undefined
      ? 'is missing'
      : `must be ${kinds[issue.expected] ?? issue.expected}, found ${shown(issue.input)}`
  if (issue.code === 'invalid_value') return `must be ${oneOf(issue.values)}, found ${shown(issue.input)}`
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}${unitOf(issue.origin)}`
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}${unitOf(issue.origin)}`
  return 'is not valid'
}

/** An issue as one mistake, or as several: each unknown key is one. `known` says which keys there are at a path. */
export function mistakesOf(
  issue: Issue,
  raw: unknown,
  known: (path: readonly PropertyKey[]) => readonly string[],
): Mistake[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  if (issue.code === 'unrecognized_keys') {
    const where = issue.path.length === 0 ? '' : ` in ${dotted(path)}`
    return issue.keys.map((name) => ({
      path: [...path, name],
      isKey: true,
      isMissing: false,
      message: `unknown key ${shown(name)}${where}`,
      suggestion: nearest(name, known(issue.path)),
    }))
  }
  if (issue.code === 'invalid_union') return unionMistakes(issue, path, raw, known)
  const isInvalidKey = issue.code === 'invalid_key'
  const words = isInvalidKey ? (issue.issues[0]?.message ?? issue.message) : issue.message
  const isMissing = issue.code === 'invalid_type' && valueAt(raw, path) === undefined
  const suggestion = meant(knownValues(issue), valueAt(raw, path))
  return [{ path, isKey: isInvalidKey, isMissing, message: `${dotted(path)}: ${words}`, suggestion }]
}

/** The values that there are, as zod or a check of ours (`params.known`) says. */
function knownValues(issue: Issue): readonly unknown[] {
  if (issue.code === 'invalid_value') return issue.values
  const known: unknown = issue.code === 'custom' ? issue.params?.['known'] : undefined
  return Array.isArray(known) ? known : []
}

/** The branch that was probably meant is the one that got furthest; if none began to fit, all that would are named. */
function unionMistakes(
  issue: z.core.$ZodIssueInvalidUnion,
  path: (string | number)[],
  raw: unknown,
  known: (path: readonly PropertyKey[]) => readonly string[],
): Mistake[] {
  const branches = issue.errors
  const begun = branches.find((issues) => issues.every((one) => one.path.length > 0))
  if (begun !== undefined)
    return begun.flatMap((one) => mistakesOf({ ...one, path: [...issue.path, ...one.path] }, raw, known))
  const values = branches.flat().flatMap((one) => (one.code === 'invalid_value' ? one.values : []))
  const types = branches
    .flat()
    .flatMap((one) => (one.code === 'invalid_type' ? [kinds[one.expected] ?? one.expected] : []))
  const found = valueAt(raw, path)
  const message = `${dotted(path)}: must be ${[oneOf(values), ...types].join(' or ')}, found ${shown(found)}`
  return [{ path, isKey: false, isMissing: false, message, suggestion: meant(values, found) }]
}

/** `gates.secrets.custom[0].pattern`. */
export function dotted(path: readonly (string | number)[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '')
}

export function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = Reflect.get(value, part)
  }
  return value
}

function meant(values: readonly unknown[], found: unknown): string | null {
  const names = values.filter((value) => typeof value === 'string')
  return typeof found === 'string' ? nearest(found, names) : null
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map(String)
  return names.length > 1 ? `one of ${names.join(', ')}` : names.join('')
}

function unitOf(origin: string): string {
  if (origin === 'array') return ' entry long'
  return origin === 'string' ? ' character long' : ''
}
