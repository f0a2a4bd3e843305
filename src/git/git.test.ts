import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { Git } from './git.ts'
import { gitVersion } from './version.ts'

let folder: string

/** A git that is a script. */
function fake(script: string): Git {
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, 'git'), 0o755)
  return new Git({ path: `${folder}:/usr/bin:/bin` })
}

describe('git', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-bin-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('gets nothing of our environment', async () => {
    const { stdout } = await fake('env').run({ args: ['version'] })

    const names = stdout
      .toString()
      .split('\n')
      .map((line) => line.split('=')[0])
    assert.deepEqual(
      names.filter(
        (name) =>
          name !== '' &&
          !/^(?:GIT_|HOME$|PATH$|LC_ALL$|XDG_CONFIG_HOME$|PWD$|_$|SHLVL$|OLDPWD$)/.test(name ?? ''),
      ),
      [],
    )
  })

  it('says nothing of what it printed when it fails', async () => {
    await assert.rejects(fake('echo secret; echo secret >&2; exit 3').run({ args: ['-c', 'a=b', 'fetch'] }), {
      name: 'GitFailed',
      message: 'git fetch ended with code 3.',
    })
  })

  it('is killed at its deadline with all that it started', async () => {
    const git = fake('sleep 600 & sleep 600')

    // It ends only when nobody holds its output any more, and the one in the background does too.
    await assert.rejects(git.run({ args: ['fetch'], deadlineMs: 100 }), { name: 'TookTooLong' })
  })

  it('is killed when it prints too much', async () => {
    await assert.rejects(fake('exec yes').run({ args: ['rev-list'], maxBytes: 1000 }), {
      name: 'OutputTooLarge',
    })
  })

  it('is killed when its reader throws', async () => {
    const error = new Error('enough')
    const read = (): never => {
      throw error
    }

    await assert.rejects(fake('exec yes').run({ args: ['rev-list'], read }), error)
  })

  it('runs a bounded number at a time', async () => {
    fake(`mkdir "${folder}/$$"; ls -d ${folder}/[0-9]* | wc -l; rmdir "${folder}/$$"`)
    const git = new Git({ path: `${folder}:/usr/bin:/bin`, processes: 2 })

    const counts = await Promise.all(Array.from({ length: 10 }, () => git.line({ args: ['version'] })))

    assert.ok(
      counts.every((count) => Number(count) <= 2),
      counts.join(),
    )
  })

  it('is killed when we close', async () => {
    const git = fake('echo up; sleep 600')
    const up = Promise.withResolvers<void>()
    const run = git.run({ args: ['fetch'], read: () => up.resolve() })
    await up.promise

    git.close()

    await assert.rejects(run, { name: 'GitFailed' })
  })

  it('is asked for where there is none', async () => {
    await assert.rejects(new Git({ path: folder }).run({ args: ['version'] }), {
      code: 'environment-invalid',
      message: /git was not found on PATH\. Install git/,
    })
  })
})

describe('gitVersion', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-bin-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  for (const [printed, version] of [
    ['git version 2.39.5', '2.39.5'],
    ['git version 2.38.0', '2.38.0'],
    ['git version 2.50.1 (Apple Git-155)', '2.50.1'],
    ['git version 3.0.0-rc1', '3.0.0'],
  ] as const) {
    it(`takes ${printed}`, async () => assert.equal(await gitVersion(fake(`echo '${printed}'`)), version))
  }

  for (const printed of ['git version 2.37.9', 'git version 1.99.0', 'what']) {
    it(`refuses ${printed}`, async () => {
      await assert.rejects(gitVersion(fake(`echo '${printed}'`)), {
        code: 'environment-invalid',
        message: /Install git 2\.38 or later/,
      })
    })
  }
})
