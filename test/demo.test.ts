import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'

import { displayWidth } from '../demo/display-width.ts'

const demo = resolve(import.meta.dirname, '../demo/demo.ts')
const token = /gh[a-z]_[A-Za-z0-9]{8,}/

let folder: string
before(() => (folder = mkdtempSync(join(tmpdir(), 'portcullis-test-'))))
after(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts the demo with a temporary folder of its own, and no terminal. */
function start(environment: NodeJS.ProcessEnv = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const env = { PATH: process.env['PATH'], TMPDIR: folder, ...environment }
  const child = spawn(process.execPath, [demo], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const texts = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
  const ended = new Promise<Ended>((done, failed) => {
    child.on('error', failed)
    child.on('close', (code) => done({ code, ...texts }))
  })
  return { child, ended }
}

/** Node keeps compiled code in the temporary folder, whoever runs. */
function leftBehind(): string[] {
  return readdirSync(folder).filter((name) => name !== 'node-compile-cache')
}

/** What a person must see, in this order. */
const events = [
  /The App starts/,
  /the check portcullis must pass, posted by the App 4711 and nobody\s+else/,
  /ana opens a pull request/,
  /It is not in the diff any\s+more/,
  /❌ portcullis {2}failure\n.*Blocked: 1 secret, 1 manifest problem/,
  /secrets\/github-personal-access-token/,
  /14 \+ {6}namespace: '\*'\n.*▲ failure {2}.*argocd\/project-allows-any-destination/,
  /GitHub refuses: 405 Required status check "portcullis" is failing/,
  /\$ portcullis check\n/,
  /Exit code 1: fail\. The App found the same 2/,
  /⏳ portcullis {2}action_required\n.*Waiting for 1 approval.*kim or olga/,
  /waiting, exit code 4/,
  /\/rescan: 👀 eyes by portcullis\[bot\], 🚀 rocket/,
  /kim approves/,
  /⏳ portcullis {2}action_required\n.*Waiting for 1 approval.*olga/,
  /approval of .?kim.? does not count/,
  /GitHub refuses: 405/,
  /olga .*approves/,
  /✅ portcullis {2}success\n.*Passed/,
  /GitHub does it: main is now [0-9a-f]{7}/,
  /5 verdicts: failure, action_required, action_required, action_required, success/,
  /(\d+) of \1 webhooks/,
  /found 0 times/,
  / 0 violations/,
  /docs\/install\.md/,
]

describe('npm run demo', () => {
  it('stops a bad change, and lets it through when it is repaired and approved', async () => {
    const { code, out, err } = await start().ended

    assert.deepEqual([code, err], [0, ''])
    let rest = out
    for (const event of events) {
      const found = event.exec(rest)
      assert.ok(found, `${event} is missing, or not in its place, in\n${out}`)
      rest = rest.slice(found.index + found[0].length)
    }
    assert.doesNotMatch(out, token)
    assert.ok(!out.includes('\u001b'), 'colour without a terminal')
    const tooLong = out.split('\n').filter((line) => displayWidth(line) > 100)
    assert.deepEqual(tooLong, [])
    assert.deepEqual(leftBehind(), [])
  })

  it('ends at Ctrl-C, and leaves nothing behind', async () => {
    const { child, ended } = start()
    child.stdout?.on('data', (text: string) => {
      if (text.includes('ana opens a pull request')) child.kill('SIGINT')
    })

    const { code, out, err } = await ended

    assert.equal(code, 130, err)
    assert.match(err, /Interrupted/)
    assert.doesNotMatch(out, /What happened/)
    assert.deepEqual(leftBehind(), [])
  })

  it('says what went wrong, with what the App logged, and leaves nothing behind', async () => {
    const bin = mkdtempSync(join(tmpdir(), 'portcullis-bin-'))
    const refuseCommit = `case "$1 $3" in "-C commit") echo no room >&2; exit 9;; esac`
    const script = `#!/bin/sh\n${refuseCommit}\nPATH=\${PATH#*:} exec git "$@"\n`
    writeFileSync(join(bin, 'git'), script, { mode: 0o755 })

    const { code, err } = await start({ PATH: `${bin}:${process.env['PATH']}` }).ended
    rmSync(bin, { recursive: true })

    assert.equal(code, 1, err)
    assert.match(err, /The demo failed: git .* commit .* ended with 9: no room/)
    assert.match(err, /The last lines that the App logged:\n.*"listening"/)
    assert.deepEqual(leftBehind(), [])
  })

  it('says that git is missing', async () => {
    const { code, err } = await start({ PATH: folder }).ended

    assert.equal(code, 1)
    assert.match(err, /The demo failed: git cannot be run\. Install git/)
  })
})
