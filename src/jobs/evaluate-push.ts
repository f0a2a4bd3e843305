import type { Facts } from '../model/facts.ts'
import { branchRulesFor } from '../policy/branch-rules.ts'
import { modeOn } from '../policy/mode-on.ts'
import { isPolicyPath, organisationPolicyPath } from '../policy/policy-paths.ts'
import { CommitGone, LimitReached, NotAFile } from '../ports/git.ts'
import type { Mirror } from '../ports/git.ts'
import type { GitHub, RepositoryFacts } from '../ports/github.ts'
import type { DataOf } from '../ports/queue.ts'
import type { App } from './app.ts'
import { dayOf } from './app.ts'
import { emptyFacts } from './facts-of-repository.ts'
import { judgeAndPublish } from './judge-and-publish.ts'
import { loadPolicyAt } from './load-policy.ts'
import { withMirror } from './open-mirror.ts'
import { evaluateOpenPullRequests } from './open-pull-requests.ts'
import { repositoryName } from './repository-name.ts'

type Data = DataOf<'evaluate-push'>

interface Started {
  readonly data: Data
  readonly number: number
  readonly github: GitHub
  readonly repository: RepositoryFacts
  readonly branch: string
}

/** Judges what was pushed to a guarded branch, by the policy that stood there before. */
export async function evaluatePush(app: App, data: Data): Promise<void> {
  const { installation } = data
  const github = app.github(installation)
  const number = await app.stores.evaluations.next(installation)
  const repository = await github.repository(repositoryName(data.repository))
  if (repository.isArchived) return
  const started = { data, number, github, repository, branch: data.ref.replace(/^refs\/heads\//, '') }
  await withMirror(app, { github, installation, repository }, (mirror) => evaluateIn(app, started, mirror))
}

async function evaluateIn(app: App, started: Started, mirror: Mirror): Promise<void> {
  const { data, github, repository, branch, number } = started
  const organisation = await github.organisationPolicy(repository.owner)
  if (await isKnownUnguarded(app, started, { mirror, organisation })) return
  const base = await baseOf(mirror, started)
  const also = await inBetween(mirror, data.also ?? [], app)
  const today = dayOf(app.now())
  const loaded = await loadPolicyAt(mirror, base, { organisation, today })
  const { policy } = loaded.kind === 'valid' ? loaded.policy : loaded.names
  const mode = modeOn(policy, today)
  const rules = branchRulesFor(policy, branch, repository.defaultBranch)
  if (await isOrganisationPolicyChange(mirror, started, base)) await evaluateOrganisation(app, started)
  if (rules.length === 0 || mode === 'off') return
  const effectiveRules = await github.effectiveRules(repository, branch)
  const facts = emptyFacts(repository, { organisationPolicy: organisation, effectiveRules })
  const { change } = await judgeAndPublish(app, {
    installation: data.installation,
    number,
    repository,
    subject: data.ref,
    branch,
    head: data.after,
    also,
    base,
    isDraft: false,
    isRescan: false,
    isFresh: false,
    // A check of a push belongs to the commit that was pushed, whatever came after it.
    isStillHead: async () => true,
    mirror,
    loaded,
    policy: { ...policy, mode },
    facts,
    rules,
    today,
  })
  // A new policy judges the pull requests that are open. What could not be read may hold one.
  const isPolicyChange = change?.files.some(({ path }) => isPolicyPath(policy, path)) ?? true
  const at = { github, installation: data.installation, repository }
  if (isPolicyChange) await evaluateOpenPullRequests(app, at, branch)
}

/**
 * Whether the mirror has the commit that the branch stood at, and the policy there guards no such branch. Most pushes
 * are to a pull request's branch, and their fetch would only hold up that of the pull request.
 */
async function isKnownUnguarded(
  app: App,
  { data, repository, branch }: Started,
  { mirror, organisation }: { readonly mirror: Mirror; readonly organisation: Facts['organisationPolicy'] },
): Promise<boolean> {
  if (branch === repository.defaultBranch || (await mirror.resolve(data.before)) === null) return false
  const loaded = await loadPolicyAt(mirror, data.before, { organisation, today: dayOf(app.now()) })
  const { policy } = loaded.kind === 'valid' ? loaded.policy : loaded.names
  return branchRulesFor(policy, branch, repository.defaultBranch).length === 0
}

/**
 * The commit that the branch stood at. Where the branch is new, or the old commit is gone after a forced push, the tip of
 * the default branch: what it has was judged there.
 */
async function baseOf(mirror: Mirror, { data, repository }: Started): Promise<string | null> {
  const tips = await mirror.fetch({ commits: [data.after], branches: [repository.defaultBranch] })
  const defaultTip = tips.get(repository.defaultBranch) ?? null
  const fallback = defaultTip === data.after ? null : defaultTip
  if (/^0+$/.test(data.before)) return fallback
  try {
    await mirror.fetch({ commits: [data.before], branches: [] })
    return data.before
  } catch (error) {
    if (error instanceof CommitGone) return fallback
    throw error
  }
}

/** Where the branch stood in between. What GitHub has thrown away meanwhile nobody can fetch, so it is logged. */
async function inBetween(mirror: Mirror, commits: readonly string[], { log }: App): Promise<string[]> {
  const found: string[] = []
  for (const commit of commits) {
    try {
      await mirror.fetch({ commits: [commit], branches: [] })
      found.push(commit)
    } catch (error) {
      if (!(error instanceof CommitGone)) throw error
      log.warn({ commit }, 'a commit that was pushed is gone, and was not judged')
    }
  }
  return found
}

async function isOrganisationPolicyChange(
  mirror: Mirror,
  { repository, data, branch }: Started,
  base: string | null,
): Promise<boolean> {
  if (repository.name !== '.github' || branch !== repository.defaultBranch) return false
  try {
    const before = base === null ? null : await mirror.file(base, organisationPolicyPath, maxBytes)
    const now = await mirror.file(data.after, organisationPolicyPath, maxBytes)
    return before?.oid !== now?.oid
  } catch (error) {
    // What stands there cannot be a policy, so it may be a change of one; the evaluations say what is wrong with it.
    if (error instanceof LimitReached || error instanceof NotAFile) return true
    throw error
  }
}

const maxBytes = 1024 * 1024

/** The organisation's policy judges the pull requests of all its repositories. */
async function evaluateOrganisation(app: App, { github, data, repository: own }: Started): Promise<void> {
  const { installation } = data
  // What was known of the file before is not taken for true by the jobs that come now.
  await github.organisationPolicy(own.owner, 'now')
  for (const repository of await github.repositories()) {
    if (!repository.isArchived) await evaluateOpenPullRequests(app, { github, installation, repository })
  }
}
