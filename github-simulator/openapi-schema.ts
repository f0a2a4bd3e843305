/** Name under which the components are known to the validator. */
export const componentsId = 'github'

/**
 * A schema of OpenAPI 3.0 as JSON Schema. The two differ where it matters here: `nullable` is no word of JSON Schema,
 * what stands beside a `$ref` does not count, and a reference has to name the document.
 */
export function jsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(jsonSchema)
  if (!isRecord(schema)) return schema
  if (typeof schema['$ref'] === 'string') return { $ref: `${componentsId}${schema['$ref']}` }
  const { nullable, discriminator: _, ...rest } = schema
  const converted = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, jsonSchema(value)]))
  return nullable === true ? withNull(converted) : converted
}

/** Refuses properties that the description does not name: for requests, where such a one is a mistake of the App's. */
export function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (!isRecord(schema)) return schema
  const { properties } = schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  if (!isRecord(properties)) return inner
  const named = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, closed(value)]))
  return { additionalProperties: false, ...inner, properties: named }
}

function withNull(schema: Readonly<Record<string, unknown>>): unknown {
  if (typeof schema['type'] !== 'string') return { anyOf: [{ type: 'null' }, schema] }
  const values: unknown = schema['enum']
  const allowed = isList(values) ? { enum: [...new Set([...values, null])] } : {}
  return { ...schema, type: [schema['type'], 'null'], ...allowed }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}
