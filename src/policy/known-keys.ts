import { z } from 'zod'

import { PolicyFile } from './policy-file.ts'

/** The keys that a mapping of the file may have; none where the file names its own, or where there is no mapping. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = PolicyFile
  for (const part of path) schema = below(bare(schema), part)
  const found = bare(schema)
  return found instanceof z.ZodObject ? Object.keys(found.shape) : []
}

function below(schema: unknown, part: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return Reflect.get(schema.shape, part)
  if (schema instanceof z.ZodArray) return schema.element
  return schema instanceof z.ZodRecord ? schema.valueType : undefined
}

/** What is inside defaults, null, optional, laziness and what is made of it. */
function bare(schema: unknown): unknown {
  if (
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional
  )
    return bare(schema.def.innerType)
  if (schema instanceof z.ZodPipe) return bare(schema.def.in)
  return schema instanceof z.ZodLazy ? bare(schema.def.getter()) : schema
}
