import type { CommandRight, Policy, Role } from '../model/policy.ts'
import type { GitHub, PullRequestFacts, RepositoryName } from '../ports/github.ts'
import type { DataOf } from '../ports/queue.ts'
import { noRight, replyMark, unknownCommand } from '../report/replies.ts'
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
    await reply(github, name, { number, to: sender, text: unknownCommand(command.meant) })
    return
  }
  const pullRequest = await github.pullRequest(name, number)
  const { commands } = await policyFor(app, { github, installation, pullRequest })
  if (!(await mayUse(github, pullRequest, { sender, right: commands.rescan }))) {
    await github.comments.react(name, comment, 'confused')
    await reply(github, name, { number, to: sender, text: noRight(command.name, commands.rescan) })
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

/**
 * One comment for each person and pull request, edited in place. What stands at GitHub decides, so that a job that is
 * tried again after the comment was written writes no second one.
 */
async function reply(
  github: GitHub,
  name: RepositoryName,
  { number, to, text }: { number: number; to: string; text: string },
): Promise<void> {
  const mark = replyMark(to)
  const body = `${text}\n\n${mark}`
  const known = await github.comments.find(name, number, mark)
  if (known === null) await github.comments.create(name, number, body)
  else if (known.body !== body) await github.comments.update(name, known.id, body)
}

const roles: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin']

/** A list holds logins, teams and roles. Nobody is a code owner yet: code owners are not read. */
async function mayUse(
  github: GitHub,
  { repository }: PullRequestFacts,
  { sender, right }: { sender: string; right: CommandRight },
): Promise<boolean> {
  const entries = typeof right === 'string' ? [right] : right
  if (entries.some((entry) => isLogin(entry) && isSame(entry, sender))) return true
  const asked = entries.filter(isRole).map((role) => roles.indexOf(role))
  if (asked.length > 0) {
    const role = await github.role(repository, sender)
    if (role !== null && roles.indexOf(role) >= Math.min(...asked)) return true
  }
  for (const team of entries.filter((entry) => entry.startsWith('@'))) {
    const members = await github.teamMembers(team)
    if (members?.some(({ login }) => isSame(login, sender)) === true) return true
  }
  return false
}

function isRole(entry: string): entry is Role {
  return roles.some((role) => role === entry)
}

function isLogin(entry: string): boolean {
  return !isRole(entry) && entry !== 'codeowners' && !entry.startsWith('@')
}

/** GitHub's logins have no case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
