import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Git } from '../src/git/git.ts'
import { DiskMirrors } from '../src/git/mirrors.ts'
import type { Mirror } from '../src/ports/git.ts'
import { Redacted } from '../src/std/redacted.ts'
import { GitHttp } from '../src/testing/git-http.ts'
import { silent } from '../src/testing/git-mirrors.ts'
import { GitRepository } from '../src/testing/git-repository.ts'
import type { Figures, Times } from './figures.ts'
import { manifestPath } from './manifest-tree.ts'

const limits = { commits: 1000, files: 1000 }
const rounds = 15

interface GitTimes {
  readonly fetchMs: readonly number[]
  readonly changeMs: readonly number[]
  readonly blobsMs: readonly number[]
}

/** What a push of 3 files costs on a warm mirror over loopback, in repositories of two sizes. */
export async function git(): Promise<Figures> {
  const times: Times[] = []
  for (const files of [10_000, 100_000]) {
    const { fetchMs, changeMs, blobsMs } = await measureGit(files)
    times.push({ what: `${files} files: git fetch`, ms: fetchMs })
    times.push({ what: `${files} files: the change`, ms: changeMs })
    times.push({ what: `${files} files: its 3 blobs`, ms: blobsMs })
  }
  return { times, notes: [] }
}

/** Measures in a repository of so many files, in folders of 100. */
async function measureGit(files: number): Promise<GitTimes> {
  const root = mkdtempSync(join(tmpdir(), 'portcullis-bench-'))
  const remote = new GitRepository({ folder: join(root, 'remote/acme/fleet.git'), isBare: true })
  const http = new GitHttp(join(root, 'remote'))
  const mirrors = new DiskMirrors({
    folder: join(root, 'mirrors'),
    git: new Git({ path: process.env['PATH'] ?? '' }),
    maxBytes: 1e10,
    log: silent,
  })
  try {
    const heads = await fill(remote, files)
    const url = `${await http.start()}/acme/fleet.git`
    const mirror = await mirrors.open({ installation: 1, repository: 2, url }, () =>
      Promise.resolve(new Redacted('none')),
    )
    await mirror.fetch({ commits: [], branches: ['main'] })
    return await measure(mirror, heads)
  } finally {
    await mirrors.close()
    await http.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

async function measure(mirror: Mirror, heads: readonly string[]): Promise<GitTimes> {
  const times = { fetchMs: [] as number[], changeMs: [] as number[], blobsMs: [] as number[] }
  const base = (await mirror.resolve('main')) ?? ''
  for (const head of heads) {
    times.fetchMs.push(await timed(() => mirror.fetch({ commits: [head], branches: ['main'] })))
    const oids: string[] = []
    times.changeMs.push(
      await timed(async () => {
        const { blobs } = await mirror.change({ base, head }, limits)
        oids.push(...blobs.map(({ oid }) => oid))
      }),
    )
    times.blobsMs.push(await timed(() => readAll(mirror, oids)))
    if (oids.length !== 3) throw new Error(`${oids.length} blobs instead of 3`)
  }
  return times
}

async function readAll(mirror: Mirror, oids: readonly string[]): Promise<number> {
  let bytes = 0
  for await (const blob of mirror.blobs(oids)) bytes += blob.bytes.length
  return bytes
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function commit(ref: string, from: string): string {
  return `commit ${ref}\ncommitter A <a@example.com> 1700000000 +0000\ndata 1\nx\n${from}`
}

/** A main branch with that many files, and pushes of 3 files each on top of it; returns their ids. */
async function fill(remote: GitRepository, files: number): Promise<string[]> {
  const lines: string[] = [commit('refs/heads/main', '')]
  for (let at = 0; at < files; at++) {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app-${at}\ndata:\n  key: ${'value '.repeat(at % 90)}\n`
    lines.push(`M 100644 inline ${manifestPath(at)}\ndata ${text.length}\n${text}\n`)
  }
  for (let push = 0; push < rounds; push++) {
    lines.push(commit(`refs/heads/push-${push}`, 'from refs/heads/main\n'))
    for (const at of [1, Math.floor(files / 2), files - 1])
      lines.push(
        `M 100644 inline ${manifestPath(at)}\ndata 16\n${String(push).padStart(8, '0')}${String(at).padStart(8, '0')}\n`,
      )
  }
  await fastImport(remote.gitDir, lines.join(''))
  return Promise.all(
    Array.from({ length: rounds }, (_, push) => tip(remote.gitDir, `refs/heads/push-${push}`)),
  )
}

async function fastImport(gitDir: string, stream: string): Promise<void> {
  await run(['--git-dir', gitDir, 'fast-import', '--quiet'], stream)
}

function tip(gitDir: string, ref: string): Promise<string> {
  return run(['--git-dir', gitDir, 'rev-parse', ref], '')
}

function run(args: readonly string[], input: string): Promise<string> {
  const child = spawn('git', args, { stdio: ['pipe', 'pipe', 'inherit'] })
  // rev-parse ends without reading it.
  child.stdin.on('error', () => undefined).end(input)
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  return new Promise((resolve, reject) =>
    child.on('close', (code) => (code === 0 ? resolve(printed.trim()) : reject(new Error(`git: ${code}`)))),
  )
}
