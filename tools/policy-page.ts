import { notYet } from '../src/policy/checks/not-yet.ts'
import { policyKeys } from '../src/policy/policy-file.ts'
import { policySchema } from '../src/policy/schema.ts'

/** Where the generated part of docs/policy.md begins; what is above is written by hand. */
const mark = '<!-- generated below: npm run generate -->'

/** The text of policy.schema.json. */
export function policySchemaFile(): string {
  return `${JSON.stringify(policySchema(), null, 2)}\n`
}

/** docs/policy.md with its reference made new. `page` is the page as it is. Throws for a page without the mark. */
export function policyPage(page: string): string {
  const at = page.indexOf(mark)
  if (at === -1) throw new Error(`docs/policy.md has no line "${mark}"`)
  return `${page.slice(0, at)}${mark}\n\n## Every key\n\n${reference(policySchema(), '').join('\n')}`
}

/** One level of the schema: its own keys as a table, then each section under a heading. */
function reference(schema: unknown, prefix: string): string[] {
  const properties = Object.entries(record(record(schema)['properties']))
  const keys = properties.filter(([, one]) => !isSection(one))
  const lines =
    keys.length === 0
      ? []
      : ['| key | values | default | meaning | in a later file |', '| --- | --- | --- | --- | --- |']
  for (const [name, one] of keys)
    lines.push(row(`${prefix}${name}`, record(one)), ...entryRows(`${prefix}${name}`, record(one)))
  if (keys.length > 0) lines.push('')
  for (const [name, one] of properties) {
    if (!isSection(one)) continue
    const path = `${prefix}${name}`
    lines.push(`### \`${path}\``, '', String(record(one)['description']), '', ...reference(one, `${path}.`))
  }
  return lines
}

function row(path: string, schema: Record<string, unknown>): string {
  const stricter = policyKeys.get(path)?.words ?? ''
  const cells = [
    `\`${path}\``,
    values(schema),
    code(schema['default']),
    `${text(schema['description'])}${notYet.has(path) ? ' **Not acted on yet.**' : ''}`,
    stricter,
  ]
  return `| ${cells.join(' | ')} |`
}

/** What one entry of a list or a record may have. */
function entryRows(path: string, schema: Record<string, unknown>): string[] {
  const entry = record(schema['items'] ?? schema['additionalProperties'])
  const inner = Object.entries(record(entry['properties']))
  const below = schema['items'] === undefined ? `${path}.*` : `${path}[]`
  return inner.map(([name, one]) => {
    const property = record(one)
    const isNeeded = Array.isArray(entry['required']) && entry['required'].includes(name)
    const without = property['default'] === undefined ? (isNeeded ? 'needed' : '') : code(property['default'])
    return `| \`${below}.${name}\` | ${values(property)} | ${without} | ${text(property['description'])} | |`
  })
}

function values(schema: Record<string, unknown>): string {
  const choices = schema['anyOf']
  if (Array.isArray(choices)) return choices.map((one) => values(record(one))).join(', ')
  if (Array.isArray(schema['enum'])) return schema['enum'].map(code).join(', ')
  if (schema['const'] !== undefined) return code(schema['const'])
  const { type } = schema
  if (Array.isArray(type)) return type.map(typeWords).join(' or ')
  if (type === 'array') return `list of ${values(record(schema['items']))}`
  return typeWords(type)
}

function typeWords(type: unknown): string {
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    integer: 'whole number',
    boolean: '`true`, `false`',
    object: 'mapping',
    null: '`null`',
  }
  return words[String(type)] ?? 'the same again'
}

function isSection(schema: unknown): boolean {
  return record(schema)['properties'] !== undefined
}

function code(value: unknown): string {
  return value === undefined ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('|', String.raw`\|`) : ''
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
