import type { Guarantee, Inspection } from '../model/inspection.ts'
import type { GitHub, RepositoryName } from '../ports/github.ts'
import type { Command } from './command.ts'
import { noMore, parseRepositoryArgument } from './repository-argument.ts'

/** Compares what is effective on a branch with what its policy asks for; nothing for a branch that is not guarded. */
export type InspectBranch = (
  github: GitHub,
  name: RepositoryName,
  branch: string,
) => Promise<readonly Inspection[]>

const usage = 'portcullis inspect OWNER/REPO [BRANCH]'

/** A word for each, so that nothing depends on colour. */
const words: Readonly<Record<Guarantee['holds'], string>> = { yes: 'ok', no: 'problem', unknown: 'unknown' }

/** Prints whether a branch is protected as it should be. */
export function inspectCommand(inspect: InspectBranch): Command {
  return {
    name: 'inspect',
    summary: 'Show whether the rules of a branch protect the gate',
    help: [
      `Usage: ${usage}`,
      '',
      'Reads the effective rules of a branch, rulesets and branch protection together, and the policy',
      'at its tip, with the token in GITHUB_TOKEN. Without BRANCH it is the default branch.',
      'Exits with 0 when every guarantee holds, with 1 when one does not, with 3 when one could not be read.',
      '',
    ].join('\n'),
    async run([repository, branch, ...rest], context) {
      const { owner, name } = parseRepositoryArgument(repository, usage)
      noMore(rest, usage)
      const github = await context.openGitHub()
      const inspected = branch ?? (await github.repository({ owner, name })).defaultBranch
      const inspections = await inspect(github, { owner, name }, inspected)
      const guarantees = inspections.flatMap((inspection) => inspection.guarantees)
      context.out(`${owner}/${name}, branch ${printable(inspected)}\n`)
      if (inspections.length === 0) context.out('  not guarded: no branch rule of the policy matches it\n')
      for (const guarantee of guarantees) context.out(lineOf(guarantee))
      return exitCode(guarantees)
    },
  }
}

function lineOf({ holds, message, remediation }: Guarantee): string {
  const next = remediation === '' ? '' : `\n           ${printable(remediation)}`
  return `  ${words[holds].padEnd(8)} ${printable(message)}${next}\n`
}

/** What is known to be missing comes before what is not known; neither is success. */
function exitCode(guarantees: readonly Guarantee[]): number {
  if (guarantees.some(({ holds }) => holds === 'no')) return 1
  return guarantees.some(({ holds }) => holds === 'unknown') ? 3 : 0
}

/** The names of checks and branches come from GitHub, where people choose them: no escape sequence reaches a terminal. */
function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  )
}
