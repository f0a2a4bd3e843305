import type { CommitObject, CommitPerson } from '../history.ts'
import type { Account, Repository } from '../state.ts'
import type { World } from '../world.ts'
import { nodeId, timestamp } from '../world.ts'
import { accountView } from './account.ts'
import { repositoryApi, repositoryPage } from './repository.ts'

/** `commit` of the API. */
export function commitView(world: World, repository: Repository, commit: CommitObject) {
  const api = repositoryApi(world, repository)
  const page = repositoryPage(world, repository)
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    commit: {
      author: gitUser(commit.author),
      committer: gitUser(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: verification(commit),
    },
    url: `${api}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    author: userOf(world, commit.author),
    committer: userOf(world, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
  }
}

/** `simple-commit`: the `head_commit` of check suites. */
export function simpleCommitView(commit: CommitObject) {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: timestamp(commit.committer.date),
    author: person(commit.author),
    committer: person(commit.committer),
  }
}

/** The account to which a commit's address belongs, as GitHub attributes commits. */
export function accountByEmail(world: World, email: string): Account | undefined {
  return [...world.state.accounts.values()].find((account) => account.email === email)
}

function userOf(world: World, { email }: CommitPerson) {
  const account = accountByEmail(world, email)
  return account === undefined ? null : accountView(world, account)
}

function gitUser({ name, email, date }: CommitPerson) {
  return { name, email, date: timestamp(date) }
}

/** No key is known here, so that nobody relies on GitHub's word for a signature. */
function verification(commit: CommitObject) {
  const isSigned = commit.signature !== null
  return {
    verified: false,
    reason: isSigned ? 'unknown_key' : 'unsigned',
    signature: commit.signature,
    payload: null,
    verified_at: null,
  }
}

function person({ name, email }: CommitPerson) {
  return { name, email }
}
