import type { Change, Person } from '../../../src/model/change.ts'
import type { Actor, Facts } from '../../../src/model/facts.ts'
import { digest } from '../../../src/std/digest.ts'
import type { ApprovalCase } from './case.ts'

/** A row names only the people whom it is about; that a repository has an owner goes without saying. */
const owner = ['owner-not-stated', 'admin'] as const

type Pull = ApprovalCase['pull']

/** The change and the facts of a row. `teams` are those that the policy asks: they exist, be it without members. */
export function situationOf(row: ApprovalCase, teams: readonly string[]): { change: Change; facts: Facts } {
  return { change: changeOf(row.pull), facts: factsOf(row, teams) }
}

function changeOf(pull: Pull): Change {
  const [base, head] = [oidOf('base'), oidOf(headOf(pull))]
  return {
    base,
    mergeBase: base,
    head,
    trees: { base, head },
    commits: pull.commits.map(({ sha, parents, author, committer }) => ({
      oid: oidOf(sha),
      parents: parents.map(oidOf),
      tree: oidOf(sha),
      author: personOf(author),
      committer: personOf(committer),
      coAuthors: [],
      message: '',
    })),
    files: pull.files.map(({ path, status }) => ({
      path,
      status: status === 'deleted' ? 'removed' : status,
      base: null,
      head: null,
    })),
    blobs: [],
    reviewed: [],
  }
}

function factsOf({ pull, facts }: ApprovalCase, teams: readonly string[]): Facts {
  const members = Object.entries(facts.teams)
  return {
    schema: 'portcullis/facts/v1',
    repository: { id: 1, owner: pull.owner, name: pull.repo, defaultBranch: pull.base },
    pullRequest: {
      number: 1,
      author: actorOf(pull.author),
      isDraft: false,
      title: pull.title,
      body: '',
      baseBranch: pull.base,
      headBranch: pull.head,
      headRepository: `${pull.owner}/${pull.repo}`,
      labels: pull.labels,
    },
    reviews: pull.reviews.map(({ author, state, createdAt }, index) => ({
      id: index + 1,
      actor: actorOf(author),
      state: state === 'changes_requested' ? 'changes-requested' : state,
      commit: reviewedCommit(pull, createdAt),
      at: createdAt,
    })),
    attributions: Object.fromEntries(
      pull.commits.map(({ sha, author, committer, committedViaWeb }) => [
        oidOf(sha),
        {
          author: accountOf(author),
          committer: accountOf(committer === '' && committedViaWeb ? 'web-flow' : committer),
        },
      ]),
    ),
    pushers: [],
    collaborators: [owner, ...Object.entries(facts.permissions)].map(([login, role]) => ({
      actor: actorOf(login),
      role,
    })),
    teams: Object.fromEntries(
      teams.map((team) => [
        team,
        members.filter(([, list]) => list.includes(team.slice(1))).map(([login]) => actorOf(login)),
      ]),
    ),
    effectiveRules: null,
    organisationPolicy: null,
    fingerprintKey: null,
  }
}

/** The row names no commit for a review, so it is the newest that had been pushed by then; null where none had. */
function reviewedCommit(pull: Pull, at: string): string | null {
  const head = headOf(pull)
  const shas = [head, ...pull.commits.map(({ sha }) => sha)]
  const pushed = shas.filter((sha) => (pull.pushedAt[sha] ?? '') <= at)
  const newest = pushed.toSorted((a, b) => ((pull.pushedAt[a] ?? '') < (pull.pushedAt[b] ?? '') ? 1 : -1))[0]
  if (pushed.includes(head)) return oidOf(head)
  return newest === undefined ? null : oidOf(newest)
}

/** Where the row does not say which is the head, it is the commit that is nobody's parent. */
function headOf({ headSha, commits }: Pull): string {
  const parents = new Set(commits.flatMap((commit) => commit.parents))
  return headSha ?? commits.find(({ sha }) => !parents.has(sha))?.sha ?? 'head'
}

function oidOf(sha: string): string {
  return /^[0-9a-f]{40}$/.test(sha) ? sha : digest(sha).slice(0, 40)
}

function accountOf(login: string): Actor | null {
  return login === '' ? null : actorOf(login)
}

function actorOf(login: string): Actor {
  const id = 1 + Number.parseInt(digest(login).slice(0, 12), 16)
  return { id, login, kind: login.endsWith('[bot]') ? 'bot' : 'human' }
}

function personOf(login: string): Person {
  return { name: login, email: login === '' ? 'unknown@example.com' : `${login}@example.com`, at: 0 }
}
