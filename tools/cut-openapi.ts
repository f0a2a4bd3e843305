import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { z } from 'zod'

import { operations } from '../github-simulator/operations.ts'

const [source] = process.argv.slice(2)
if (source === undefined) {
  process.stderr.write('usage: node tools/cut-openapi.ts PATH-TO-api.github.com.json\n')
  process.exit(2)
}

/** All that the cut needs of the description; the rest is carried over as it lies there. */
const Description = z.object({
  openapi: z.string(),
  info: z.object({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.record(z.string(), z.record(z.string(), z.unknown())),
})

/** Prose: a validator does not read it, and it is most of the weight. */
const prose = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'title',
  'tags',
  'x-github',
  'x-octokit',
])

const target = fileURLToPath(new URL('../github-simulator/openapi.json', import.meta.url))
const cut = cutOpenapi(Description.parse(JSON.parse(readFileSync(source, 'utf8'))), operations)
writeFileSync(target, `${JSON.stringify(cut)}\n`)
process.stdout.write(`${target}: ${Object.keys(operations).length} operations of ${cut.info.version}\n`)

/** Keeps the operations named `METHOD /path`, and whatever they refer to. */
function cutOpenapi(description: z.infer<typeof Description>, wanted: Readonly<Record<string, unknown>>) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const name of Object.keys(wanted).toSorted()) {
    const [method = '', path = ''] = name.split(' ')
    const operation = description.paths[path]?.[method.toLowerCase()]
    if (operation === undefined) throw new Error(`${name} is not in the description`)
    ;(paths[path] ??= {})[method.toLowerCase()] = corrected(name, stripped(operation))
  }
  return {
    openapi: description.openapi,
    info: { title: "Cut out of GitHub's OpenAPI description", version: description.info.version },
    paths,
    components: referenced(description.components, paths),
  }
}

/**
 * The description wants the account of a listed installation to be a person and an enterprise at once (allOf instead of
 * anyOf), which no answer of GitHub's can be. The schema of a single installation has it right.
 */
function corrected(name: string, operation: unknown): unknown {
  if (name !== 'GET /app/installations') return operation
  const schema = { type: 'array', items: { $ref: '#/components/schemas/installation' } }
  const answer = { 200: { content: { 'application/json': { schema } } } }
  return { ...z.looseObject({}).parse(operation), responses: answer }
}

/** Every component that is reached from `roots`, each once, in the order of its name. */
function referenced(components: z.infer<typeof Description>['components'], roots: unknown) {
  const reached = new Map<string, unknown>()
  const waiting = [roots]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [, section = '', name = ''] of JSON.stringify(next).matchAll(
      /"#\/components\/([^/"]+)\/([^"]+)"/g,
    )) {
      const key = `${section} ${name}`
      if (reached.has(key)) continue
      const component = stripped(components[section]?.[name])
      reached.set(key, component)
      waiting.push(component)
    }
  }
  const kept: Record<string, Record<string, unknown>> = {}
  for (const [key, component] of [...reached].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [section = '', name = ''] = key.split(' ')
    ;(kept[section] ??= {})[name] = component
  }
  return kept
}

/** A copy without prose. Under `properties` a key is the name of a property, so a `title` there stays. */
function stripped(value: unknown, areNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => stripped(item))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => areNames || !prose.has(key))
  return Object.fromEntries(
    kept.map(([key, item]) => [key, stripped(item, !areNames && key === 'properties')]),
  )
}
