import { createHash } from 'node:crypto'

import { CommitGone, FetchFailed, ObjectsRefused } from '../ports/git.ts'
import { type Remote, settings } from './environment.ts'
import { type ExchangeEnd, FetchTrace } from './fetch-trace.ts'
import { fsckSettings } from './fsck-messages.ts'
import { GitFailed, TookTooLong } from './git-errors.ts'
import type { Git } from './git.ts'
import { unsupported } from './local.ts'

/** What is fetched: commits by full id, branches by name. */
export interface Wanted {
  readonly commits: readonly string[]
  readonly branches: readonly string[]
}

/** The fetch did not fail because of the remote: the mirror may be damaged, or the disk full. */
export class FailedHere extends FetchFailed {}

const deadlineMs = 600_000

/** Where a commit that was asked for is kept. Written after all that it needs is there. */
export function commitRef(oid: string): string {
  return `refs/portcullis/commits/${oid}`
}

/** Where the tip of a branch is kept: by digest, so that `a` can go and `a/b` come, on any file system. */
export function branchRef(branch: string): string {
  return `refs/portcullis/branches/${createHash('sha256').update(branch).digest('hex')}`
}

/**
 * Fetches in one exchange. Returns the branches that do not exist, which take a second one. Throws {@link CommitGone},
 * {@link FetchFailed}, {@link ObjectsRefused}, {@link FailedHere}.
 */
export async function fetch(
  git: Git,
  gitDir: string,
  remote: Remote,
  wanted: Wanted,
): Promise<ReadonlySet<string>> {
  try {
    return await fetchOrThrow(git, gitDir, remote, wanted)
  } catch (error) {
    if (error instanceof TookTooLong) throw new FetchFailed(error.message, { cause: error })
    throw error
  }
}

async function fetchOrThrow(
  git: Git,
  gitDir: string,
  remote: Remote,
  wanted: Wanted,
): Promise<ReadonlySet<string>> {
  const first = await exchange(git, gitDir, remote, wanted)
  if (first === 'done') return new Set()
  if (first === 'unreachable') throw unreachable()
  // git says in words alone what the remote refused, so the remote is asked what it has, and then once more for the rest.
  const existing = await branchesOf(git, remote)
  const absent = new Set(wanted.branches.filter((branch) => !existing.has(branch)))
  const rest = { ...wanted, branches: wanted.branches.filter((branch) => !absent.has(branch)) }
  if (rest.branches.length + rest.commits.length === 0) return absent
  const second = await exchange(git, gitDir, remote, rest)
  if (second === 'done') return absent
  throw failures[second]()
}

const failures: Readonly<Record<Exclude<ExchangeEnd, 'done'>, () => Error>> = {
  unreachable,
  'objects-refused': () =>
    new ObjectsRefused('git refused the objects that the remote sent: git fsck calls them an error.'),
  answered: () => new CommitGone('The remote no longer has a commit that was asked for.'),
  'failed-here': () => new FailedHere('git fetch could not write what the remote sent.'),
}

async function exchange(git: Git, gitDir: string, remote: Remote, wanted: Wanted): Promise<ExchangeEnd> {
  const trace = new FetchTrace()
  const refspecs = [
    ...wanted.commits.map((oid) => `+${oid}:${commitRef(oid)}`),
    ...wanted.branches.map((branch) => `+refs/heads/${branch}:${branchRef(branch)}`),
  ]
  const { code } = await git.run({
    gitDir,
    remote,
    args: [...fetchSettings, ...fetchOptions, '--end-of-options', remote.url, ...refspecs],
    deadlineMs,
    codes: [0, 1, 128],
    trace: trace.push,
  })
  return trace.end(code)
}

const fetchSettings = [
  ...fsckSettings('fetch.fsck'),
  ...settings({
    'transfer.fsckObjects': 'true',
    // Packs, however small: files to count, to sync and to delete are few.
    'fetch.unpackLimit': '1',
    // A mirror can be fetched again, so it need not survive a power loss; the syncs cost more than the rest.
    'core.fsync': 'none',
  }),
]

const fetchOptions = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-auto-maintenance',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
  '--no-show-forced-updates',
]

/** The branches that the remote has. */
async function branchesOf(git: Git, remote: Remote): Promise<ReadonlySet<string>> {
  const args = ['ls-remote', '--heads', '--end-of-options', remote.url]
  const { code, stdout } = await git.run({ remote, args, deadlineMs, codes: [0, 1, 128] })
  if (code !== 0) throw unreachable(new GitFailed('ls-remote', code))
  const lines = stdout.toString().split('\n')
  if (lines.some((line) => /^[0-9a-f]{64}\t/.test(line))) throw unsupported('sha256')
  return new Set(lines.map((line) => line.split('\trefs/heads/')[1] ?? ''))
}

function unreachable(cause?: Error): FetchFailed {
  return new FetchFailed('The remote could not be read: it did not answer, or refused the credentials.', {
    cause,
  })
}
