import { branchRulesFor } from '../policy/branch-rules.ts'
import { modeOn } from '../policy/mode-on.ts'
import type { Mirror } from '../ports/git.ts'
import type { GitHub, PullRequestFacts } from '../ports/github.ts'
import type { DataOf } from '../ports/queue.ts'
import { UserError } from '../std/user-error.ts'
import type { App } from './app.ts'
import { dayOf } from './app.ts'
import { evaluateSharers } from './evaluate-sharers.ts'
import { completeFacts, gatherFirst } from './gather-facts.ts'
import { judgeAndPublish } from './judge-and-publish.ts'
import { loadPolicyAt } from './load-policy.ts'
import { withMirror } from './open-mirror.ts'
import { repositoryName } from './repository-name.ts'

type Data = DataOf<'evaluate-pull-request'>

/** A pull request as it was read at the beginning of an evaluation. */
interface Started {
  readonly installation: number
  readonly number: number
  readonly github: GitHub
  readonly pullRequest: PullRequestFacts
  readonly rescan: Data['rescan']
}

/** Reads a pull request and all that its verdict depends on, judges it, and writes its checks. */
export async function evaluatePullRequest(app: App, data: Data): Promise<void> {
  const { installation } = data
  const github = app.github(installation)
  // Taken before anything is read: a later number has read later facts.
  const number = await app.stores.evaluations.next(installation)
  const pullRequest = await github.pullRequest(repositoryName(data.repository), data.number)
  // Its name would stand in tables, texts and the log; a branch is renamed more easily than a secret is called back.
  if (app.conceal(pullRequest.baseBranch) !== pullRequest.baseBranch) throw secretInBaseBranch()
  if (!(await isTracked(app, installation, pullRequest))) return
  const started = { installation, number, github, pullRequest, rescan: data.rescan }
  await withMirror(app, { github, installation, repository: pullRequest.repository }, (mirror) =>
    evaluateIn(app, started, mirror),
  )
}

function secretInBaseBranch(): UserError {
  return new UserError({
    code: 'branch-name-refused',
    message: 'The name of the base branch holds a secret, so nothing that goes to it is judged.',
    remediation: 'Revoke the secret, rename the branch, and open the pull request against the new name.',
  })
}

/** Keeps what was seen of it. A closed pull request, or one of an archived repository, can no longer be merged. */
async function isTracked(app: App, installation: number, pullRequest: PullRequestFacts): Promise<boolean> {
  const { repository, number, head, baseBranch, isDraft } = pullRequest
  const key = { installation, repository: repository.id }
  await app.stores.installations.nameRepository(key, `${repository.owner}/${repository.name}`)
  if (!pullRequest.isOpen || repository.isArchived) {
    const before = await app.stores.pullRequests.remove(key, number)
    if (before !== null) await evaluateSharers(app, repository, before)
    return false
  }
  const before = await app.stores.pullRequests.put({ ...key, number, head, baseBranch, isDraft })
  const isElsewhere = before !== null && (before.head !== head || before.baseBranch !== baseBranch)
  if (isElsewhere) await evaluateSharers(app, repository, before)
  return true
}

async function evaluateIn(app: App, started: Started, mirror: Mirror): Promise<void> {
  const { github, pullRequest, installation, number, rescan } = started
  const isRescan = rescan !== undefined
  const { repository, baseBranch, head } = pullRequest
  const [tips, first] = await Promise.all([
    mirror.fetch({ commits: [head], branches: [baseBranch] }),
    gatherFirst(github, repository, { ...pullRequest, age: isRescan ? 'now' : 'recent' }),
  ])
  const base = tips.get(baseBranch) ?? null
  const today = dayOf(app.now())
  const loaded = await loadPolicyAt(mirror, base, { organisation: first.organisationPolicy, today })
  const { policy } = loaded.kind === 'valid' ? loaded.policy : loaded.names
  const mode = modeOn(policy, today)
  const rules = branchRulesFor(policy, baseBranch, repository.defaultBranch)
  if (rules.length === 0 || mode === 'off') return
  const facts = await completeFacts(github, pullRequest, first, policy)
  const subject = `pull/${pullRequest.number}`
  await judgeAndPublish(app, {
    installation,
    number,
    repository,
    subject,
    branch: baseBranch,
    head,
    also: [],
    base,
    isRescan,
    isFresh: rescan === 'fresh',
    isDraft: pullRequest.isDraft,
    isStillHead: () => isStillHead(github, pullRequest),
    mirror,
    loaded,
    policy: { ...policy, mode },
    facts,
    rules,
    today,
  })
}

async function isStillHead(github: GitHub, before: PullRequestFacts): Promise<boolean> {
  const now = await github.pullRequest(before.repository, before.number)
  return now.isOpen && now.head === before.head && now.baseBranch === before.baseBranch
}
