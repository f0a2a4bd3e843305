import { Facts } from '../model/facts.ts'
import type { GitHub, RepositoryName } from '../ports/github.ts'
import type { Command } from './command.ts'
import { noMore, parseRepositoryArgument } from './repository-argument.ts'

/** Reads all facts of a pull request, or of a repository where the number is null. */
export type GatherFacts = (github: GitHub, name: RepositoryName, number: number | null) => Promise<Facts>

const usage = 'portcullis facts OWNER/REPO#N'

/** Prints what `portcullis check --facts` takes. */
export function factsCommand(gather: GatherFacts): Command {
  return {
    name: 'facts',
    summary: "Print GitHub's facts of a pull request as JSON, for check --facts",
    help: [
      `Usage: ${usage}`,
      '',
      'Reads reviews, teams, roles, commits and branch rules with the token in GITHUB_TOKEN',
      'and prints them as JSON, for portcullis check --facts FILE. Without #N it prints what',
      'holds for the whole repository.',
      '',
    ].join('\n'),
    async run([repository, ...rest], context) {
      const { owner, name, number } = parseRepositoryArgument(repository, usage)
      noMore(rest, usage)
      const facts = await gather(await context.openGitHub(), { owner, name }, number)
      context.out(`${JSON.stringify(Facts.parse(facts), null, 2)}\n`)
      return 0
    },
  }
}
