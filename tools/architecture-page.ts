import { architecture } from '../src/testing/architecture-table.ts'

/** What each folder is for, in the order of the table. */
const purposes: Readonly<Record<string, string>> = {
  webhooks: 'the front door, then one file per event: names jobs, decides nothing',
  comments: 'the grammar of comment commands',
  pages: 'the pages that a person opens',
  commands: 'one file per command of the command line',
  jobs: 'the use cases: gather, judge, publish',
  evaluate: 'change, policy and facts become a verdict',
  gates: 'what decides on a change; none imports another',
  inspect: 'what decides on a repository',
  estate: 'files become the objects that are deployed',
  policy: 'the policy file: schemas, presets, merge',
  report: 'a verdict becomes a check run, terminal text, SARIF, …',
  github: 'the only importer of Octokit',
  git: 'the only starter of git',
  render: 'runs the embedded renderer',
  database: 'the only importer of PostgreSQL and PGlite: tables, queue',
  'audit-log': 'the append-only record',
  ports: 'one small interface per adapter',
  readers: 'YAML and other formats, with positions',
  model: 'the words of the glossary, as types',
  std: 'a few small files without domain words',
}

/** docs/architecture.md, from the table that the architecture test enforces. */
export function architecturePage(): string {
  const { allowed, owners, banned, pure, exposing } = architecture
  const rows = Object.entries(allowed).map(([folder, targets]) => {
    const list = targets.map((target) => `\`${target}\``).join(', ') || 'nothing'
    return `| \`${folder}/\` | ${purposes[folder] ?? ''} | ${list} |`
  })
  const owned = Object.entries(owners).map(
    ([name, folders]) => `| \`${name}\` | ${folders.map(folderName).join(', ')} |`,
  )
  const bans = Object.entries(banned).map(([name, reason]) => `- \`${name}\`: ${reason}.`)
  return `<!-- generated: npm run generate -->
# Architecture

\`webhooks | comments | commands -> jobs -> gather (ports: git, github) -> estate -> evaluate -> report -> publish (ports)\`

What decides reads only its arguments; what acts implements a port and decides nothing. \`src/main.ts\` and \`src/cli.ts\` wire
them together. \`src/architecture.test.ts\` holds every file to the table below, which is \`src/testing/architecture-table.ts\`.

## Who may import whom
| folder | what it is | may import |
| --- | --- | --- |
${rows.join('\n')}

## Who alone may import what
| package or module | folders |
| --- | --- |
${owned.join('\n')}

${bans.join('\n')}

## Who reads nothing but its arguments
${pure.map(folderName).join(', ')}: no clock, environment, file, network or chance.

## Who may see a secret
${exposing.map(folderName).join(', ')}: everything else has a preview.
`
}

function folderName(folder: string): string {
  return folder === '' ? 'the wiring' : `\`${folder}/\``
}
