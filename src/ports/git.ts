import type { Change } from '../model/change.ts'
import type { Redacted } from '../std/redacted.ts'

/** A change as git knows it: all but what reviews add. */
export type GitChange = Omit<Change, 'reviewed'>

/** The objects of one repository. Nothing in it is ever checked out, filtered or run. Object ids are full. */
export interface Repository {
  /** The commit that a name stands for; null where there is none. Tags are peeled. */
  resolve(name: string): Promise<string | null>
  /** Null where the two share no history. */
  mergeBase(one: string, other: string): Promise<string | null>
  /** The commits that branches, tags and other refs stand at, each once. */
  tips(): Promise<readonly string[]>
  /** What base..head brings, over all parents. `base` is null for all of head's history. Throws {@link LimitReached}. */
  change(range: CommitRange, limits: ChangeLimits): Promise<GitChange>
  /** Digest of what a commit changes since its merge base with `base`; null where git does not have the commit. */
  content(base: string, commit: string): Promise<string | null>
  /**
   * One file of a commit; null where there is none. Throws {@link NotAFile} for a link or a submodule, at the path or on the
   * way to it, and {@link LimitReached} above `maxBytes`.
   */
  file(commit: string, path: string, maxBytes: number): Promise<BlobFile | null>
  /** Commits of the first-parent history that changed a path, newest first, at most so many. */
  commitsOf(head: string, path: string, limit: number): Promise<readonly string[]>
  /** Lines of `head` that differ from `base`, first and last, by path; of the given paths only. */
  changedLines(
    base: string,
    head: string,
    paths: readonly string[],
  ): Promise<ReadonlyMap<string, readonly LineRange[]>>
  /** Each blob once, in the order asked for. */
  blobs(oids: readonly string[]): AsyncIterable<{ readonly oid: string; readonly bytes: Uint8Array }>
  close(): Promise<void>
}

export interface CommitRange {
  readonly base: string | null
  readonly head: string
  /** Commits whose history counts too; the files that differ stay those of `head`. */
  readonly also?: readonly string[]
}

/** Lines count from 1; `last` is part of it. */
export interface LineRange {
  readonly first: number
  readonly last: number
}

export interface BlobFile {
  readonly oid: string
  readonly bytes: Uint8Array
}

export interface ChangeLimits {
  readonly commits: number
  readonly files: number
}

/** A bare copy of a repository at GitHub, kept by `git fetch`. */
export interface Mirror extends Repository {
  /**
   * Brings commits by exact id and the tips of branches, in one exchange. A branch that does not exist is null in the
   * answer. Throws {@link CommitGone} for an id that the remote no longer has, {@link FetchFailed} for anything else.
   */
  fetch(wanted: {
    readonly commits: readonly string[]
    readonly branches: readonly string[]
  }): Promise<ReadonlyMap<string, string | null>>
}

export interface MirrorOf {
  readonly installation: number
  /** GitHub's id: a repository may be renamed. */
  readonly repository: number
  /** `http(s)://HOST/OWNER/NAME.git`. */
  readonly url: string
}

export interface Mirrors {
  /** `token` is asked for when something is fetched; it is never on a command line, in a file or a log. */
  open(of: MirrorOf, token: () => Promise<Redacted>): Promise<Mirror>
  /** Removes what is kept of a repository, or of all repositories of an installation. */
  purge(installation: number, repository?: number): Promise<void>
  close(): Promise<void>
}

/** A link or a submodule stands where a file was asked for. It is never followed, and it is not nothing either. */
export class NotAFile extends Error {
  override readonly name = 'NotAFile'
}

/** More than the policy lets a change cost. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached'
}

/** The remote no longer has a commit: the branch was forced or deleted meanwhile. */
export class CommitGone extends Error {
  override readonly name = 'CommitGone'
}

/** The remote could not be read. Trying again later may help. */
export class FetchFailed extends Error {
  override readonly name: string = 'FetchFailed'
}

/**
 * The remote sent objects that git's own check refuses: a path such as `.git`, a link out of the tree in `.gitmodules`,
 * a damaged object. Trying again does not help.
 */
export class ObjectsRefused extends FetchFailed {
  override readonly name = 'ObjectsRefused'
}
