import { mergeBlockers } from './branch-rules.ts'
import { git, gitText, GitRefused } from './git.ts'
import { readCommits } from './history.ts'
import type { CommitObject } from './history.ts'
import type { PullRequest, Repository } from './state.ts'
import type { PullRequestDetails } from './views/pull-request.ts'

type Counts = Pick<PullRequestDetails, 'commits' | 'additions' | 'deletions' | 'changedFiles'>

/** What git worked out, as long as base and head stay where they were. */
const countCache = new WeakMap<PullRequest, { key: string; value: Promise<Counts> }>()
const testMergeCache = new WeakMap<PullRequest, { key: string; value: Promise<string | null> }>()

/** Size of the change against the merge base. */
export function countsOf(repository: Repository, pull: PullRequest): Promise<Counts> {
  return remembered(countCache, pull, `${baseTip(repository, pull)} ${pull.headSha}`, () =>
    count(repository, pull),
  )
}

/** The commits of a pull request, oldest first; GitHub lists at most 250. */
export function commitsOf(repository: Repository, pull: PullRequest): Promise<CommitObject[]> {
  const range = [pull.headSha, `^${baseTip(repository, pull)}`]
  return readCommits(repository.gitDirectory, ['--reverse', '--topo-order', ...range])
}

/** All that the view of a single pull request shows. */
export async function detailsOf(repository: Repository, pull: PullRequest): Promise<PullRequestDetails> {
  const counts = await countsOf(repository, pull)
  if (pull.state === 'closed')
    return { ...counts, isMergeable: null, testMergeSha: null, mergeableState: 'unknown' }
  const testMergeSha = await testMerge(repository, pull)
  const isMergeable = testMergeSha !== null
  return {
    ...counts,
    isMergeable,
    testMergeSha,
    mergeableState: stateOf(repository, pull, isMergeable),
  }
}

/** The tree of base and head together; null for a conflict. */
export async function mergedTree(repository: Repository, base: string, head: string): Promise<string | null> {
  try {
    const args = ['merge-tree', '--write-tree', '--name-only', '--allow-unrelated-histories', base, head]
    return (await gitText(repository.gitDirectory, args)).split('\n')[0] ?? null
  } catch (error) {
    if (error instanceof GitRefused && error.exitCode === 1) return null
    throw error
  }
}

/** Where the base branch is now, or was when it was deleted. */
export function baseTip(repository: Repository, pull: PullRequest): string {
  if (pull.merge !== null) return pull.baseSha
  return repository.branches.get(pull.base) ?? pull.baseSha
}

async function count(repository: Repository, pull: PullRequest): Promise<Counts> {
  const { gitDirectory } = repository
  const base = baseTip(repository, pull)
  const [mergeBase, commits] = await Promise.all([
    mergeBaseOf(gitDirectory, base, pull.headSha),
    gitText(gitDirectory, ['rev-list', '--count', pull.headSha, `^${base}`]),
  ])
  const stat = await gitText(gitDirectory, ['diff', '--shortstat', mergeBase ?? base, pull.headSha])
  const number = (pattern: RegExp) => Number(pattern.exec(stat)?.[1] ?? 0)
  return {
    commits: Number(commits),
    changedFiles: number(/(\d+) files? changed/),
    additions: number(/(\d+) insertion/),
    deletions: number(/(\d+) deletion/),
  }
}

async function mergeBaseOf(directory: string, one: string, other: string): Promise<string | null> {
  try {
    return await gitText(directory, ['merge-base', one, other])
  } catch (error) {
    if (error instanceof GitRefused && error.exitCode === 1) return null
    throw error
  }
}

/** GitHub's test merge, which it keeps as refs/pull/N/merge. */
function testMerge(repository: Repository, pull: PullRequest): Promise<string | null> {
  const base = baseTip(repository, pull)
  return remembered(testMergeCache, pull, `${base} ${pull.headSha}`, async () => {
    const { gitDirectory } = repository
    const tree = await mergedTree(repository, base, pull.headSha)
    if (tree === null) return null
    const at = `GitHub <noreply@github.com> ${Math.floor(pull.updatedAt.getTime() / 1000)} +0000`
    const text = `tree ${tree}\nparent ${base}\nparent ${pull.headSha}\nauthor ${at}\ncommitter ${at}\n\nMerge ${pull.headSha} into ${base}`
    const sha = (await git(gitDirectory, ['hash-object', '-t', 'commit', '-w', '--stdin'], text))
      .toString()
      .trim()
    await git(gitDirectory, ['update-ref', `refs/pull/${pull.number}/merge`, sha])
    return sha
  })
}

function stateOf(repository: Repository, pull: PullRequest, isMergeable: boolean): string {
  if (!isMergeable) return 'dirty'
  if (pull.isDraft) return 'draft'
  return mergeBlockers(repository, pull).length > 0 ? 'blocked' : 'clean'
}

function remembered<T>(
  cache: WeakMap<PullRequest, { key: string; value: Promise<T> }>,
  pull: PullRequest,
  key: string,
  compute: () => Promise<T>,
): Promise<T> {
  const known = cache.get(pull)
  if (known?.key === key) return known.value
  const value = compute()
  cache.set(pull, { key, value })
  return value
}
