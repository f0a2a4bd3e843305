import { z } from 'zod'

import type { Strictness, WeakPlace } from './strictness.ts'

export interface KeyOptions<S extends z.ZodType> {
  /** As the file would write it: `5m`, not 300000. */
  readonly default: z.input<S>
  readonly description: string
  readonly stricter: Strictness<z.output<S>>
}

/** What merging knows of one key of the policy. Values are as the file writes them, and valid. */
export interface KeyRule {
  readonly default: unknown
  readonly words: string
  readonly joins: 'replaces' | 'adds'
  readonly identity: string | null
  weaker(floor: unknown, value: unknown): WeakPlace | null
}

const rules = z.registry<KeyRule>()

/**
 * One key: what it may be, what its absence means, what it is for, and what stricter means. The default is zod's
 * `prefault`, which is `default` in the words of the file: the JSON Schema must say `5m` and not the milliseconds.
 */
export function key<S extends z.ZodType>(schema: S, options: KeyOptions<S>): z.ZodPrefault<S> {
  const made = z.prefault(schema, options.default)
  // As `.meta` does, without the copy that it makes of each schema: the command line waits for all of them.
  z.globalRegistry.add(made, { description: options.description })
  const { words, joins, identity = null } = options.stricter
  rules.add(made, {
    default: options.default,
    words,
    joins,
    identity,
    weaker: (floor, value) => options.stricter.weaker(schema.parse(floor), schema.parse(value)),
  })
  return made
}

/** The keys of a section and of the sections in it, by dotted path. Throws for one that was not made by {@link key}. */
export function keysOf(section: z.ZodObject, prefix = ''): Map<string, KeyRule> {
  const found = new Map<string, KeyRule>()
  for (const [name, schema] of Object.entries(section.shape)) {
    const path = `${prefix}${name}`
    const rule = schema instanceof z.ZodType ? rules.get(schema) : undefined
    if (rule !== undefined) found.set(path, rule)
    else for (const [below, one] of keysOf(sectionIn(schema, path), `${path}.`)) found.set(below, one)
  }
  return found
}

function sectionIn(schema: unknown, path: string): z.ZodObject {
  if (schema instanceof z.ZodPrefault && schema.def.innerType instanceof z.ZodObject)
    return schema.def.innerType
  throw new Error(`${path} is neither a key nor a section`)
}
