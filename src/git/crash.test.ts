import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { Redacted } from '../std/redacted.ts'
import { type MirrorBench, mirrorBench } from '../testing/git-mirrors.ts'

let bench: MirrorBench

/** A server of its own that fetches a commit into the bench's folder. */
const server = `
  const { Git } = await import(${JSON.stringify(import.meta.resolve('./git.ts'))})
  const { DiskMirrors } = await import(${JSON.stringify(import.meta.resolve('./mirrors.ts'))})
  const { Redacted } = await import(${JSON.stringify(import.meta.resolve('../std/redacted.ts'))})
  const [folder, url, oid] = process.argv.slice(1)
  const mirrors = new DiskMirrors({ folder, git: new Git({ path: process.env.PATH }), maxBytes: 1e9, log: console })
  const mirror = await mirrors.open({ installation: 1, repository: 2, url }, async () => new Redacted('x'))
  await mirror.fetch({ commits: [oid], branches: ['main'] })
`

describe('after a crash', () => {
  beforeEach(async () => {
    bench = await mirrorBench()
  })
  afterEach(() => bench.end())

  it('a fetch that a killed server left running is ended, and works the next time', async () => {
    const main = bench.push('main', { a: '1' })
    const reached = Promise.withResolvers<void>()
    bench.http.intercept = (request) => {
      if (request.method !== 'POST') return false
      reached.resolve()
      return true
    }
    const args = ['--input-type=module', '-e', server, bench.folder, bench.url, main]
    const killed = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] }, stdio: 'ignore' })
    const closed = new Promise((resolve) => killed.on('close', resolve))
    await reached.promise
    killed.kill('SIGKILL')
    await closed
    assert.ok(fetches().length > 0)
    writeFileSync(`${bench.gitDir()}/packed-refs.lock`, '')
    bench.http.intercept = () => false

    const mirrors = bench.restart()
    const of = { installation: 1, repository: 2, url: bench.url }
    const mirror = await mirrors.open(of, () => Promise.resolve(new Redacted('x')))
    const tips = await mirror.fetch({ commits: [main], branches: ['main'] })

    assert.equal(tips.get('main'), main)
    assert.deepEqual(fetches(), [])
  })
})

/** Command lines of fetches into the bench's folder that still run. */
function fetches(): string[] {
  return globSync('/proc/[0-9]*/cmdline')
    .map(read)
    .filter((line) => line.includes(`--git-dir=${bench.folder}`) && line.includes('\0fetch\0'))
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
