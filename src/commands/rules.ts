import type { RuleEntry } from '../model/rule.ts'
import { nearest } from '../std/nearest.ts'
import { UserError } from '../std/user-error.ts'
import type { Command, CommandContext } from './command.ts'

const help = `Usage: portcullis rules [ID]

Without ID: every rule, by gate, with its severity and title.
With ID: why the rule exists, what to do about a finding, and examples.
`

/** `portcullis rules [ID]` over the rules of all gates. */
export function rules(catalogue: readonly RuleEntry[]): Command {
  return {
    name: 'rules',
    summary: 'list the rules, or explain one of them',
    help,

    async run(args: readonly string[], { out }: Pick<CommandContext, 'out'>): Promise<number> {
      const [id, surplus] = args
      if (surplus !== undefined) throw refused(`rules takes one rule, not ${args.length}.`, 'Name one.')
      if (id === undefined) out(listOf(catalogue))
      else out(pageOf(find(catalogue, id)))
      return Promise.resolve(0)
    },
  }
}

function listOf(catalogue: readonly RuleEntry[]): string {
  const width = Math.max(0, ...catalogue.map(({ id }) => id.length))
  const parts: string[] = []
  for (const gate of new Set(catalogue.map((rule) => rule.gate))) {
    const own = catalogue.filter((rule) => rule.gate === gate)
    parts.push(`${gate} (${own.length})`)
    for (const { id, severity, title } of own)
      parts.push(`  ${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}`)
    parts.push('')
  }
  return `${parts.join('\n')}\nportcullis rules ID explains one of them.\n`
}

function pageOf({ id, severity, title, rationale, remediation, references, examples }: RuleEntry): string {
  const sections = [
    `${id}  ${severity}\n${title}`,
    wrap(rationale),
    `To do:\n${wrap(remediation, '  ')}`,
    ...examples.fail.map((text) => `Found:\n${indent(text)}`),
    ...examples.pass.map((text) => `Not found:\n${indent(text)}`),
    `Read more:\n${references.map((address) => `  ${address}`).join('\n')}`,
  ]
  return `${sections.join('\n\n')}\n`
}

/** Lines of at most 100 characters, where the words allow it. */
function wrap(text: string, margin = ''): string {
  const lines: string[] = []
  let line = margin.trimEnd()
  for (const word of text.trim().split(/\s+/)) {
    if (line.length + word.length >= 100) {
      lines.push(line)
      line = ''
    }
    line += line.trim() === '' ? `${margin}${word}` : ` ${word}`
  }
  return [...lines, line].join('\n')
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}

function find(catalogue: readonly RuleEntry[], id: string): RuleEntry {
  const known = catalogue.find((rule) => rule.id === id)
  if (known !== undefined) return known
  const ids = catalogue.map((rule) => rule.id)
  // A name without its gate counts as the whole id.
  const bare = nearest(
    id,
    ids.map((one) => one.replace(/^.*\//, '')),
  )
  const near = nearest(id, ids) ?? ids.find((one) => bare !== null && one.endsWith(`/${bare}`)) ?? null
  throw refused(
    `${id} is not a rule.`,
    near === null ? 'List the rules with portcullis rules.' : `Did you mean ${near}?`,
  )
}

function refused(message: string, remediation: string): UserError {
  return new UserError({ code: 'arguments-invalid', message, remediation })
}
