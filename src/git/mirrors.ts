import { join, resolve } from 'node:path'

import type { Mirror, MirrorOf, Mirrors } from '../ports/git.ts'
import type { Log } from '../ports/log.ts'
import type { Redacted } from '../std/redacted.ts'
import { GitFailed, TookTooLong } from './git-errors.ts'
import type { Git } from './git.ts'
import { killOrphans, mirrorsOf, remove, sizeOf, usedAt } from './mirror-folder.ts'
import { remoteOf, SharedMirror } from './mirror.ts'

/** How many readers of mirrors that nobody has open may wait for the next job. */
const maxIdleReaders = 16

export interface MirrorsOptions {
  /** `DATA_DIR/mirrors`: of this process alone. */
  readonly folder: string
  readonly git: Git
  /** Of all mirrors. Above it those that were not used for the longest time are removed. */
  readonly maxBytes: number
  readonly log: Log
}

/** Bare mirrors on disk: `INSTALLATION/REPOSITORY.git`, both by GitHub's id. */
export class DiskMirrors implements Mirrors {
  readonly #folder: string
  readonly #options: MirrorsOptions
  /** By folder, least recently opened first. */
  readonly #shared = new Map<string, SharedMirror>()
  readonly #sizes = new Map<string, number>()
  readonly #chores = new Set<Promise<void>>()
  #ready: Promise<void> | null = null

  constructor(options: MirrorsOptions) {
    this.#folder = resolve(options.folder)
    this.#options = options
  }

  async open(of: MirrorOf, token: () => Promise<Redacted>): Promise<Mirror> {
    const url = remoteUrl(of.url)
    const gitDir = join(this.#installation(of.installation), `${id(of.repository)}.git`)
    await (this.#ready ??= this.#start())
    const mirror = this.#mirror(gitDir)
    this.#shared.delete(gitDir)
    this.#shared.set(gitDir, mirror)
    mirror.users++
    let isOpen = true
    const release = (): Promise<void> => {
      if (isOpen) this.#release(mirror)
      isOpen = false
      return Promise.resolve()
    }
    try {
      await mirror.alone(() => mirror.prepare())
    } catch (error) {
      await release()
      throw error
    }
    return mirror.open(() => remoteOf(url, token), release)
  }

  async purge(installation: number, repository?: number): Promise<void> {
    const folder = this.#installation(installation)
    const one = repository === undefined ? null : join(folder, `${id(repository)}.git`)
    for (const [gitDir, mirror] of this.#shared)
      if (one === null ? gitDir.startsWith(`${folder}/`) : gitDir === one) await this.#remove(mirror)
    await remove(one ?? folder)
  }

  /** Ends the processes. What was fetched stays. */
  async close(): Promise<void> {
    await Promise.all(this.#chores)
    await Promise.all([...this.#shared.values()].map((mirror) => mirror.catFile.close()))
  }

  /** One for each folder, so that whoever removes it waits for whoever uses it. */
  #mirror(gitDir: string): SharedMirror {
    const mirror = this.#shared.get(gitDir) ?? new SharedMirror(this.#options.git, gitDir)
    this.#shared.set(gitDir, mirror)
    return mirror
  }

  #installation(installation: number): string {
    return join(this.#folder, String(id(installation)))
  }

  async #start(): Promise<void> {
    await killOrphans(this.#folder)
    for (const gitDir of await mirrorsOf(this.#folder)) this.#sizes.set(gitDir, await sizeOf(gitDir))
  }

  #release(mirror: SharedMirror): void {
    mirror.users--
    if (mirror.users > 0) return
    const chore = this.#tidy(mirror).finally(() => this.#chores.delete(chore))
    this.#chores.add(chore)
  }

  /** After a job, so that none waits for it. A failure costs speed or space, so it is logged and no more. */
  async #tidy(mirror: SharedMirror): Promise<void> {
    try {
      await mirror.alone(() => mirror.repack())
    } catch (error) {
      if (!(error instanceof GitFailed || error instanceof TookTooLong)) throw error
      this.#options.log.warn({ mirror: mirror.gitDir, reason: error.message }, 'a mirror was not repacked')
    }
    this.#sizes.set(mirror.gitDir, await sizeOf(mirror.gitDir))
    await this.#evict()
    const idle = [...this.#shared.values()].filter(({ users }) => users === 0)
    await Promise.all(idle.slice(0, -maxIdleReaders).map(({ catFile }) => catFile.close()))
  }

  async #evict(): Promise<void> {
    let total = [...this.#sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
    if (total <= this.#options.maxBytes) return
    const dated = await Promise.all(
      [...this.#sizes].map(async ([gitDir, bytes]) => ({ gitDir, bytes, at: await usedAt(gitDir) })),
    )
    for (const { gitDir, bytes } of dated.toSorted((one, other) => one.at - other.at)) {
      if (total <= this.#options.maxBytes) return
      if (await this.#remove(this.#mirror(gitDir), 'unless used')) total -= bytes
    }
  }

  #remove(mirror: SharedMirror, unless?: 'unless used'): Promise<boolean> {
    return mirror.alone(async () => {
      if (unless !== undefined && mirror.users > 0) return false
      await mirror.remove()
      this.#sizes.delete(mirror.gitDir)
      if (mirror.users === 0) this.#shared.delete(mirror.gitDir)
      return true
    })
  }
}

/** An id becomes the name of a folder. */
function id(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError('GitHub has no such id.')
  return value
}

/** As git gets it. Nothing but HTTP, and no credentials: those come apart. */
function remoteUrl(text: string): string {
  const url = new URL(text)
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (!/^https?:$/.test(url.protocol) || !isPlain)
    throw new TypeError('A mirror is fetched from a plain http(s) URL.')
  return url.href
}
