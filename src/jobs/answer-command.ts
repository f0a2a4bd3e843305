import type { CommandRight, Policy, Role } from '../model/policy.ts'
import type { GitHub, PullRequestFacts } from '../ports/github.ts'
import type { DataOf } from '../ports/queue.ts'
import { noRight, unknownCommand } from '../report/replies.ts'
import type { App } from './app.ts'
import { dayOf } from './app.ts'
import { evaluatePullRequest } from './evaluate-pull-request.ts'
import { loadPolicyAt } from './load-policy.ts'
import { withMirror } from './open-mirror.ts'
import { repositoryName } from './repository-name.ts'

type Data = DataOf<'answer-command'>

/** Does what a comment asks for, if its sender may: the right is read now, not when the comment was written. */
export async function answerCommand(app: App, data: Data): Promise<void> {
  const { installation, comment, number, sender, command } = data
  const github = app.github(installation)
  const name = repositoryName(data.repository)
  if (command.name === 'unknown') {
    await github.comments.react(name, comment, 'confused')
    await github.comments.create(name, number, unknownCommand(command.meant))
    return
  }
  const pullRequest = await github.pullRequest(name, number)
  const { commands } = await policyFor(app, { github, installation, pullRequest })
  if (!(await mayUse(github, pullRequest, { sender, right: commands.rescan }))) {
    await github.comments.react(name, comment, 'confused')
    await github.comments.create(name, number, noRight(command.name, commands.rescan))
    return
  }
  await github.comments.react(name, comment, 'eyes')
  const reference = { installation, repository: data.repository, number }
  await evaluatePullRequest(app, { ...reference, rescan: command.fresh ? 'fresh' : 'again' })
  await github.comments.react(name, comment, 'rocket')
}

async function policyFor(
  app: App,
  {
    github,
    installation,
    pullRequest,
  }: { github: GitHub; installation: number; pullRequest: PullRequestFacts },
): Promise<Policy> {
  const { repository, baseBranch } = pullRequest
  const organisation = await github.organisationPolicy(repository.owner)
  return withMirror(app, { github, installation, repository }, async (mirror) => {
    const tips = await mirror.fetch({ commits: [], branches: [baseBranch] })
    const given = { organisation, today: dayOf(app.now()) }
    const loaded = await loadPolicyAt(mirror, tips.get(baseBranch) ?? null, given)
    return loaded.kind === 'valid' ? loaded.policy.policy : loaded.names.policy
  })
}

const roles: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin']

async function mayUse(
  github: GitHub,
  { repository }: PullRequestFacts,
  { sender, right }: { sender: string; right: CommandRight },
): Promise<boolean> {
  if (typeof right === 'string') {
    const role = await github.role(repository, sender)
    return role !== null && roles.indexOf(role) >= roles.indexOf(right)
  }
  for (const team of right) {
    const members = await github.teamMembers(team)
    if (members?.some(({ login }) => login.toLowerCase() === sender.toLowerCase()) === true) return true
  }
  return false
}
