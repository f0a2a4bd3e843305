import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import { crc32Base62 } from '../src/gates/secrets/evidence/checksum.ts'
import { fakeTokens } from '../src/testing/fake-token.ts'
import { GitRepository } from '../src/testing/git-repository.ts'

/** How long the built command line takes to start, and to show the first finding of a small change. */
const cli = resolve(import.meta.dirname, '../dist/cli.js')
const rounds = 7
const goals = { version: 80, finding: 200 }

/** Milliseconds until the first output; the best of a few, because a start has no variance of its own. */
async function best(args: readonly string[]): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await untilOutput(args))
  return Math.min(...times)
}

function untilOutput(args: readonly string[]): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((done, failed) => {
    let first: number | null = null
    child.stdout.on('data', () => (first ??= performance.now() - start))
    child.on('error', failed)
    child.on('close', () =>
      first === null ? failed(new Error(`${args.join(' ')}: no output`)) : done(first),
    )
  })
}

function smallRepository(): GitRepository {
  const git = new GitRepository()
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [`apps/a${at}.yaml`, `replicas: ${at}\n`]),
  )
  const base = git.commit({ files })
  const secret = `token: ${fakeTokens('start').sealed('ghp_', 30, crc32Base62)}\n`
  git.ref('refs/heads/main', base)
  git.ref('refs/heads/topic', git.commit({ files: { ...files, 'apps/b.yaml': secret }, parents: [base] }))
  git.write('HEAD', 'ref: refs/heads/topic\n')
  return git
}

function line(what: string, ms: number, goal: number): string {
  return `${what.padEnd(28)}${ms.toFixed(0).padStart(5)} ms  goal ${goal} ms  ${ms <= goal ? 'met' : 'MISSED'}\n`
}

if (!existsSync(cli)) throw new Error('There is no dist/cli.js: npm run build.')
const git = smallRepository()
try {
  process.stdout.write(`best of ${rounds}, Node ${process.versions.node}\n`)
  process.stdout.write(line('--version', await best(['--version']), goals.version))
  process.stdout.write(line('check, first finding', await best(['-C', git.folder, 'check']), goals.finding))
} finally {
  git.remove()
}
