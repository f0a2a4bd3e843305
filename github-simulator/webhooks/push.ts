import { emit } from '../emit.ts'
import { gitText } from '../git.ts'
import type { CommitObject, CommitPerson } from '../history.ts'
import { readCommits } from '../history.ts'
import type { Account, Repository } from '../state.ts'
import { accountView } from '../views/account.ts'
import { accountByEmail } from '../views/commit.ts'
import { repositoryPage } from '../views/repository.ts'
import type { World } from '../world.ts'
import { timestamp } from '../world.ts'

export interface Push {
  /** `refs/heads/…`. */
  readonly ref: string
  /** Null where the ref did not exist. */
  readonly before: string | null
  readonly after: string | null
  readonly isForced: boolean
  readonly sender: Account
}

/** A push event names at most this many commits. */
const mostCommits = 2048

/** `push`, with `create` before it for a new branch and `delete` after it for one that is gone. */
export async function pushHappened(world: World, repository: Repository, push: Push): Promise<void> {
  const { ref, before, after, sender } = push
  const branch = { ref: ref.replace(/^refs\/heads\//, ''), ref_type: 'branch', pusher_type: 'user' }
  if (before === null) {
    const payload = { ...branch, master_branch: repository.defaultBranch, description: null }
    emit(world, { event: 'create', repository, sender, payload })
  }
  const payload = await pushPayload(world, repository, push)
  const repositoryDetails = oldDetails(world, repository)
  emit(world, { event: 'push', repository, sender, payload, repositoryDetails })
  if (after === null) emit(world, { event: 'delete', repository, sender, payload: branch })
}

/** A push event still writes the repository as GitHub did in its beginnings. */
function oldDetails(world: World, repository: Repository): object {
  const { owner } = repository
  return {
    owner: { ...accountView(world, owner), name: owner.login, email: owner.email },
    created_at: Math.floor(repository.createdAt.getTime() / 1000),
    pushed_at: Math.floor(repository.pushedAt.getTime() / 1000),
    stargazers: 0,
    master_branch: repository.defaultBranch,
  }
}

async function pushPayload(world: World, repository: Repository, push: Push): Promise<object> {
  const { ref, before, after, sender } = push
  const zero = '0'.repeat((after ?? before ?? '').length)
  const page = repositoryPage(world, repository)
  const commits = after === null ? [] : await pushedCommits(repository, before, after)
  const views = await payloadCommits(world, repository, commits)
  const head = after === null ? undefined : (views.at(-1) ?? (await headCommit(world, repository, after)))
  return {
    ref,
    before: before ?? zero,
    after: after ?? zero,
    created: before === null,
    deleted: after === null,
    forced: push.isForced,
    base_ref: null,
    compare: `${page}/compare/${(before ?? zero).slice(0, 12)}...${(after ?? zero).slice(0, 12)}`,
    commits: views,
    head_commit: head ?? null,
    pusher: { name: sender.login, email: sender.email },
  }
}

/** Oldest first. A new branch brings what the other branches do not have. */
async function pushedCommits(
  repository: Repository,
  before: string | null,
  after: string,
): Promise<CommitObject[]> {
  const others = [...repository.branches.values()].filter((sha) => sha !== after)
  const without = before === null ? others : [before]
  const range = [after, ...without.map((sha) => `^${sha}`)]
  return readCommits(repository.gitDirectory, ['--reverse', `--max-count=${mostCommits}`, ...range])
}

async function headCommit(world: World, repository: Repository, sha: string): Promise<object | undefined> {
  const commits = await readCommits(repository.gitDirectory, ['--no-walk', sha])
  return (await payloadCommits(world, repository, commits))[0]
}

async function payloadCommits(
  world: World,
  repository: Repository,
  commits: readonly CommitObject[],
): Promise<object[]> {
  const person = ({ name, email }: CommitPerson) => {
    const account = accountByEmail(world, email)
    return account === undefined ? { name, email } : { name, email, username: account.login }
  }
  const changed = await changedPaths(repository, commits)
  return commits.map((commit) => ({
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: timestamp(commit.committer.date),
    url: `${repositoryPage(world, repository)}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    ...(changed.get(commit.sha) ?? noPaths()),
  }))
}

type ChangedPaths = Record<'added' | 'removed' | 'modified', string[]>

const noPaths = (): ChangedPaths => ({ added: [], removed: [], modified: [] })

/** Paths of each commit against its first parent; of a root commit all. */
async function changedPaths(repository: Repository, commits: readonly CommitObject[]) {
  const paths = new Map<string, ChangedPaths>()
  if (commits.length === 0) return paths
  const args = ['diff-tree', '--stdin', '-r', '-z', '--root', '--name-status', '--no-renames']
  const input = commits.map(({ sha }) => `${sha}\n`).join('')
  const output = await gitText(repository.gitDirectory, [...args, '--diff-merges=first-parent'], input)
  let current = noPaths()
  const fields = output.split('\0').values()
  for (const field of fields) {
    const [sha] = /^[0-9a-f]{40,}/.exec(field) ?? []
    if (sha !== undefined) paths.set(sha, (current = noPaths()))
    else if (field !== '') current[kinds[field] ?? 'modified'].push(fields.next().value ?? '')
  }
  return paths
}

/** `git diff-tree --name-status`. */
const kinds: Readonly<Record<string, keyof ChangedPaths>> = { A: 'added', D: 'removed' }
