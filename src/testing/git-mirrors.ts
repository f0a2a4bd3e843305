import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Git } from '../git/git.ts'
import { DiskMirrors } from '../git/mirrors.ts'
import type { Mirror } from '../ports/git.ts'
import type { Log } from '../ports/log.ts'
import { Redacted } from '../std/redacted.ts'
import { GitHttp } from './git-http.ts'
import { type FileSpec, GitRepository } from './git-repository.ts'

/** A remote over loopback with one repository, `acme/fleet.git`, and a data directory for mirrors of it. */
export interface MirrorBench {
  readonly remote: GitRepository
  readonly http: GitHttp
  readonly url: string
  readonly folder: string
  readonly mirrors: DiskMirrors
  /** Opens the mirror of a repository by its number; closed at the end. */
  open(repository?: number): Promise<Mirror>
  /** A commit at the tip of a branch of the remote. */
  push(branch: string, files: Readonly<Record<string, FileSpec>>, ...parents: string[]): string
  gitDir(repository?: number): string
  /** Another adapter on the same data directory, as after a restart. */
  restart(maxBytes?: number): DiskMirrors
  end(): Promise<void>
}

export async function mirrorBench(token = 'a-token'): Promise<MirrorBench> {
  const root = mkdtempSync(join(tmpdir(), 'portcullis-mirrors-'))
  const folder = join(root, 'mirrors')
  const remote = new GitRepository({ folder: join(root, 'remote/acme/fleet.git'), isBare: true })
  const http = new GitHttp(join(root, 'remote'))
  const url = `${await http.start()}/acme/fleet.git`
  const started: DiskMirrors[] = []
  const git = new Git({ path: process.env['PATH'] ?? '' })
  const restart = (maxBytes = 1e9): DiskMirrors => {
    started.push(new DiskMirrors({ folder, git, maxBytes, log: silent }))
    return started.at(-1) as DiskMirrors
  }
  const mirrors = restart()
  return {
    remote,
    http,
    url,
    folder,
    mirrors,
    restart,
    open: (repository = 2) =>
      mirrors.open({ installation: 1, repository, url }, () => Promise.resolve(new Redacted(token))),
    push(branch, files, ...parents) {
      const oid = remote.commit({ files, parents })
      remote.ref(`refs/heads/${branch}`, oid)
      return oid
    },
    gitDir: (repository = 2) => join(folder, `1/${repository}.git`),
    async end() {
      for (const one of started) await one.close()
      await http.stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** A log that nobody reads. */
export const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
}
