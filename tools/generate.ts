import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import { z } from 'zod'

import { catalogue } from '../src/gates/index.ts'
import { Facts } from '../src/model/facts.ts'
import { Verdict } from '../src/model/verdict.ts'
import { architecturePage } from './architecture-page.ts'
import { policyPage, policySchemaFile } from './policy-page.ts'
import { rulePages } from './rule-pages.ts'

/** Writes every file that is made from the code. With `--check` it writes nothing, and fails where one is stale. */
const files = new Map<string, string>([
  ['policy.schema.json', policySchemaFile()],
  ['verdict.schema.json', schemaFile(Verdict)],
  ['facts.schema.json', schemaFile(Facts)],
  ['docs/policy.md', policyPage(readFileSync('docs/policy.md', 'utf8'))],
  ['docs/architecture.md', architecturePage()],
  ...rulePages(catalogue()),
])

const stale = [...files].filter(([path, text]) => current(path) !== text)

if (process.argv.includes('--check')) {
  for (const [path] of stale) process.stderr.write(`${path} is stale: npm run generate\n`)
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    process.stdout.write(`${path}\n`)
  }
}

function schemaFile(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`
}

function current(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
