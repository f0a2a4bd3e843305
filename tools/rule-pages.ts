import type { RuleEntry } from '../src/model/rule.ts'

/** The pages of docs/rules/: path from the root -> Markdown, one a rule and an index. The same for the same rules. */
export function rulePages(catalogue: readonly RuleEntry[]): Map<string, string> {
  const pages = new Map([['docs/rules/README.md', indexOf(catalogue)]])
  for (const rule of catalogue) pages.set(`docs/rules/${rule.id}.md`, pageOf(rule))
  return pages
}

function indexOf(catalogue: readonly RuleEntry[]): string {
  const rows = catalogue.map(
    ({ id, severity, title }) => `| [${id}](${id}.md) | ${severity} | ${cell(title)} |`,
  )
  return `${['# Rules', '', '| rule | severity | what it finds |', '| --- | --- | --- |', ...rows].join('\n')}\n`
}

function pageOf({ id, severity, title, rationale, remediation, references, examples }: RuleEntry): string {
  const sections = [
    `# ${title}`,
    `\`${id}\`, ${severity}`,
    rationale,
    `## What to do`,
    remediation,
    ...examples.fail.flatMap((text) => ['Found:', fenced(text)]),
    ...examples.pass.flatMap((text) => ['Not found:', fenced(text)]),
    '## Read more',
    references.map((address) => `- <${address}>`).join('\n'),
  ]
  return `${sections.join('\n\n')}\n`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

/** The fence is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text.trim()}\n${fence}`
}
