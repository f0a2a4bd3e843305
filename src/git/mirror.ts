import type { Mirror, Repository } from '../ports/git.ts'
import type { Redacted } from '../std/redacted.ts'
import { CatFile } from './cat-file.ts'
import type { Remote } from './environment.ts'
import { branchRef, commitRef, FailedHere, fetch, type Wanted } from './fetch.ts'
import { fsckSettings } from './fsck-messages.ts'
import { GitFailed, MissingObject, TookTooLong } from './git-errors.ts'
import type { Git } from './git.ts'
import { create, packsOf, remove, removeLeftovers, touch } from './mirror-folder.ts'
import { fullId } from './objects.ts'
import { reader } from './repository.ts'
import { Slots } from './slots.ts'

/** Each fetch adds a pack, and each pack is looked through: above this number they are made one. */
const maxPacks = 50

/** One mirror on disk, shared by all who have it open. */
export class SharedMirror {
  readonly gitDir: string
  readonly catFile: CatFile
  /** How many have it open. */
  users = 0
  readonly #git: Git
  readonly #alone = new Slots(1)
  /** Whether something in it could not be read: looked at before the next fetch. */
  #isSuspect = false
  #isClean = false

  constructor(git: Git, gitDir: string) {
    this.#git = git
    this.gitDir = gitDir
    this.catFile = new CatFile(git, gitDir)
  }

  /** What one of its users gets. */
  open(remote: () => Promise<Remote>, release: () => Promise<void>): Mirror {
    const objects = {
      git: this.#git,
      gitDir: this.gitDir,
      catFile: this.catFile,
      shallow: () => Promise.resolve(new Set<string>()),
    }
    const repository = reader(objects, nameOf)
    return {
      resolve: repository.resolve,
      mergeBase: (one, other) => this.#watched(repository.mergeBase(one, other)),
      change: (range, limits) => this.#watched(repository.change(range, limits)),
      content: (base, commit) => this.#watched(repository.content(base, commit)),
      file: (commit, path, maxBytes) => this.#watched(repository.file(commit, path, maxBytes)),
      tips: () => this.#watched(repository.tips()),
      commitsOf: (head, path, limit) => this.#watched(repository.commitsOf(head, path, limit)),
      changedLines: (base, head, paths) => this.#watched(repository.changedLines(base, head, paths)),
      blobs: (oids) => this.#watchedBlobs(repository.blobs(oids)),
      fetch: (wanted) => this.alone(() => this.#fetch(wanted, remote)),
      close: release,
    }
  }

  /** Nothing else writes in the folder meanwhile. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#alone.use(work)
  }

  /** Makes the folder where there is none, and repairs what a crash left. Only {@link alone}. */
  async prepare(): Promise<void> {
    await create(this.#git, this.gitDir)
    if (!this.#isClean) await removeLeftovers(this.gitDir)
    this.#isClean = true
    await touch(this.gitDir, new Date())
  }

  /** Makes one pack of many. Only {@link alone}. */
  async repack(): Promise<void> {
    if ((await packsOf(this.gitDir)) <= maxPacks) return
    this.#isClean = false
    const run = (args: readonly string[]) => this.#git.run({ gitDir: this.gitDir, args, deadlineMs: 120_000 })
    await run(['pack-refs', '--all'])
    await run(['repack', '--geometric=2', '-d', '--quiet'])
    this.#isClean = true
    // It has the old packs open.
    if (this.users === 0) await this.catFile.close()
  }

  /** Only {@link alone}. */
  async remove(): Promise<void> {
    await this.catFile.close()
    await remove(this.gitDir)
    this.#isSuspect = false
  }

  async #fetch(wanted: Wanted, remote: () => Promise<Remote>): Promise<ReadonlyMap<string, string | null>> {
    if (this.#isSuspect && !(await this.#isWhole())) await this.remove()
    this.#isSuspect = false
    await this.prepare()
    const branches = [...new Set(wanted.branches)]
    const missing = await this.#withoutRef([...new Set(wanted.commits)].map(fullId))
    const asked = { commits: missing, branches: branches.filter(isBranchName) }
    const absent =
      asked.commits.length + asked.branches.length === 0
        ? new Set<string>()
        : await this.#fetchOrRepair(asked, await remote())
    for (const branch of absent) await this.#forget(branch)
    const tips = branches.map(async (branch) => {
      const tip = isBranchName(branch) ? await this.catFile.info(`${branchRef(branch)}^{commit}`) : null
      return [branch, tip?.oid ?? null] as const
    })
    return new Map(await Promise.all(tips))
  }

  /** A damaged mirror is deleted and fetched anew, once. */
  async #fetchOrRepair(wanted: Wanted, remote: Remote): Promise<ReadonlySet<string>> {
    try {
      return await fetch(this.#git, this.gitDir, remote, wanted)
    } catch (error) {
      // What was killed in the middle leaves locks.
      this.#isClean = false
      if (!(error instanceof FailedHere) && (await this.#hasRefs())) throw error
      if (error instanceof FailedHere && (await this.#isWhole())) throw error
    }
    await this.remove()
    await this.prepare()
    return fetch(this.#git, this.gitDir, remote, wanted)
  }

  async #withoutRef(commits: readonly string[]): Promise<readonly string[]> {
    try {
      const found = await Promise.all(commits.map((oid) => this.catFile.info(commitRef(oid))))
      return commits.filter((_, index) => found[index] === null)
    } catch (error) {
      if (!(error instanceof GitFailed)) throw error
      // git does not even take the folder for a repository.
      await this.remove()
      await this.prepare()
      return commits
    }
  }

  async #forget(branch: string): Promise<void> {
    await this.#git.run({ gitDir: this.gitDir, args: ['update-ref', '-d', branchRef(branch)] })
  }

  /** Whether every ref leads to a commit: the quick look. */
  #hasRefs(): Promise<boolean> {
    return this.#passes(['for-each-ref', '--format=%(tree)'])
  }

  /** Whether nothing is missing or damaged: takes seconds, minutes where it is large. */
  #isWhole(): Promise<boolean> {
    return this.#passes([...fsckSettings('fsck'), 'fsck', '--full', '--no-dangling', '--no-progress'])
  }

  async #passes(args: readonly string[]): Promise<boolean> {
    try {
      await this.#git.run({ gitDir: this.gitDir, args, deadlineMs: 300_000 })
      return true
    } catch (error) {
      if (error instanceof GitFailed || error instanceof TookTooLong) return false
      throw error
    }
  }

  async #watched<Result>(reading: Promise<Result>): Promise<Result> {
    try {
      return await reading
    } catch (error) {
      if (error instanceof MissingObject || error instanceof GitFailed) this.#isSuspect = true
      throw error
    }
  }

  async *#watchedBlobs(blobs: ReturnType<Repository['blobs']>): ReturnType<Repository['blobs']> {
    const all = blobs[Symbol.asyncIterator]()
    for (
      let next = await this.#watched(all.next());
      next.done !== true;
      next = await this.#watched(all.next())
    )
      yield next.value
  }
}

/** A full id is itself; anything else is a branch, whose tip is kept under a name of ours. */
function nameOf(name: string): string {
  return /^[0-9a-f]{40}$/.test(name) ? name : branchRef(name.replace(/^refs\/heads\//, ''))
}

/** https://git-scm.com/docs/git-check-ref-format: another name would mean something else in a refspec. */
function isBranchName(branch: string): boolean {
  // oxlint-disable-next-line no-control-regex -- git forbids them
  const forbidden = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^\/|\/$|\.lock(?:\/|$)|(?:^|\/)\.|\.$/
  return branch !== '' && !forbidden.test(branch)
}

/** What a mirror is fetched with. */
export async function remoteOf(url: string, token: () => Promise<Redacted>): Promise<Remote> {
  return { url, token: await token() }
}
