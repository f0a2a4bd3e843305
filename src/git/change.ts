import type { AddedBlob, Commit } from '../model/change.ts'
import { type ChangeLimits, type CommitRange, type GitChange, LimitReached } from '../ports/git.ts'
import { digest } from '../std/digest.ts'
import { UserError } from '../std/user-error.ts'
import { parseCommit } from './commit.ts'
import { diff } from './diff.ts'
import { MissingObject } from './git-errors.ts'
import { linearHistory } from './linear-history.ts'
import { fullId, mergeBase, type Objects, present } from './objects.ts'

/** What base..head brings, in one to three commands whatever the repository's size. See `Repository.change`. */
export async function change(objects: Objects, range: CommitRange, limits: ChangeLimits): Promise<GitChange> {
  const [base, head] = [range.base === null ? null : fullId(range.base), fullId(range.head)]
  const also = (range.also ?? []).map(fullId)
  await present(objects, head, ...also, ...(base === null ? [] : [base]))
  const { oids, common, known } = await walk(objects, { base, head, also }, limits.commits)
  await refuseShallow(objects, { base, head, oids, common })
  const [commits, headTree, mergeBaseTree, baseTree] = await Promise.all([
    known ?? Promise.all(oids.map((oid) => commitOf(objects, oid))),
    treeOf(objects, head),
    common === null ? null : treeOf(objects, common),
    base === null ? null : treeOf(objects, base),
  ])
  const { files, blobs } = await diff(
    objects,
    { commits: oids, before: mergeBaseTree, after: headTree },
    limits.files,
  )
  return {
    base,
    mergeBase: common,
    head,
    trees: { base: baseTree, head: headTree },
    commits,
    files,
    blobs: await withSizes(objects, blobs),
  }
}

/** Digest of what `commit` changes since its merge base with `base`. See `Repository.content`. */
export async function content(objects: Objects, base: string, commit: string): Promise<string | null> {
  if ((await objects.catFile.info(fullId(commit)))?.type !== 'commit') return null
  await present(objects, base)
  const linear = await linearHistory(objects, { base, head: fullId(commit) })
  const common = linear === null ? await mergeBase(objects, base, commit) : linear.mergeBase
  if (common === null || (await objects.shallow()).size > 0)
    await refuseShallow(objects, { base, head: commit, oids: [], common })
  const { files } = await diff(
    objects,
    {
      commits: [],
      before: common === null ? null : await treeOf(objects, common),
      after: await treeOf(objects, commit),
    },
    Number.POSITIVE_INFINITY,
  )
  // Only what it leads to: the same content on another base is the same content.
  return digest(JSON.stringify(files.map(({ path, head: entry }) => [path, entry?.kind, entry?.oid])))
}

interface Walked {
  /** Oldest first. */
  readonly oids: readonly string[]
  readonly common: string | null
  /** The commits themselves, where they were read on the way. */
  readonly known: readonly Commit[] | null
}

async function walk(
  objects: Objects,
  {
    base,
    head,
    also,
  }: { readonly base: string | null; readonly head: string; readonly also: readonly string[] },
  maxCommits: number,
): Promise<Walked> {
  const linear = base === null || also.length > 0 ? null : await linearHistory(objects, { base, head })
  if (linear !== null) {
    const oids = linear.commits.map(({ oid }) => oid)
    refuseAbove(maxCommits, oids)
    return { oids, common: linear.mergeBase, known: linear.commits }
  }
  const [oids, common] = await Promise.all([
    commitsOf(objects, { base, heads: [head, ...also] }, maxCommits),
    base === null ? null : mergeBase(objects, base, head),
  ])
  return { oids, common, known: null }
}

async function commitsOf(
  { git, gitDir }: Objects,
  { base, heads }: { readonly base: string | null; readonly heads: readonly string[] },
  maxCommits: number,
): Promise<string[]> {
  const range = base === null ? heads : [...heads, `^${base}`]
  const printed = await git.line({
    gitDir,
    args: ['rev-list', '--topo-order', '--reverse', `--max-count=${maxCommits + 1}`, '--stdin'],
    // As many as there are refs: too many for a command line.
    input: range.map((oid) => `${oid}\n`).join(''),
    deadlineMs: 300_000,
  })
  const oids = printed === '' ? [] : printed.split('\n')
  refuseAbove(maxCommits, oids)
  return oids.map(fullId)
}

function refuseAbove(maxCommits: number, oids: readonly string[]): void {
  if (oids.length > maxCommits)
    throw new LimitReached(`The change has more than ${maxCommits} commits (limits.commits).`)
}

async function commitOf({ catFile }: Objects, oid: string): Promise<Commit> {
  return parseCommit(oid, await catFile.contents(oid, 'commit'))
}

async function treeOf(objects: Objects, commit: string): Promise<string> {
  return (await commitOf(objects, commit)).tree
}

async function withSizes(
  { catFile }: Objects,
  blobs: readonly Omit<AddedBlob, 'size'>[],
): Promise<AddedBlob[]> {
  const oids = [...new Set(blobs.map(({ oid }) => oid))]
  const infos = await Promise.all(oids.map((oid) => catFile.info(oid)))
  const sizes = new Map(infos.map((info, index) => [oids[index], info?.type === 'blob' ? info.size : null]))
  return blobs.map((blob) => {
    const size = sizes.get(blob.oid)
    if (size == null) throw new MissingObject(blob.oid)
    return { ...blob, size }
  })
}

/** Where history was cut off, commits look new that are not, and others are not seen at all. */
async function refuseShallow(
  objects: Objects,
  range: {
    readonly base: string | null
    readonly head: string
    readonly oids: readonly string[]
    readonly common: string | null
  },
): Promise<void> {
  const shallow = await objects.shallow()
  if (shallow.size === 0) return
  const { base, head, common } = range
  const sides = base === null ? [head] : [head, base, ...(common === null ? [] : [`^${common}`])]
  const args = ['rev-list', '--end-of-options', ...sides, '--']
  const printed = await objects.git.line({ gitDir: objects.gitDir, args, deadlineMs: 300_000 })
  const isCut =
    printed.split('\n').some((oid) => shallow.has(oid)) || range.oids.some((oid) => shallow.has(oid))
  if (isCut || (base !== null && common === null))
    throw new UserError({
      code: 'repository-incomplete',
      message: 'The history of this clone is cut off within the range.',
      remediation: 'Run: git fetch --unshallow (in GitHub Actions: fetch-depth: 0 for actions/checkout).',
    })
}
