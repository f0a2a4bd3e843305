import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'

import { crc32Base62 } from '../src/gates/secrets/evidence/checksum.ts'
import { version } from '../src/std/version.ts'
import { fakeTokens } from '../src/testing/fake-token.ts'
import { GitRepository } from '../src/testing/git-repository.ts'

const cli = resolve(import.meta.dirname, '../src/cli.ts')
const token = fakeTokens('cli').sealed('ghp_', 30, crc32Base62)

let git: GitRepository
before(() => {
  git = new GitRepository()
  const base = git.commit({ files: { 'a.yaml': 'x: 1\n' } })
  git.ref('refs/heads/main', base)
  git.ref('refs/heads/topic', git.commit({ files: { 'a.yaml': `x: ${token}\n` }, parents: [base] }))
  git.write('HEAD', 'ref: refs/heads/topic\n')
})
after(() => git.remove())

/** As a shell starts it, with no more of the environment than is given. */
function portcullis(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: '/',
    env: { PATH: process.env['PATH'], XDG_CACHE_HOME: git.gitDir, ...env },
    encoding: 'utf8',
  })
  return { code: status, out: stdout, err: stderr }
}

describe('the command line', () => {
  it('prints its version, and its commands with one line each', () => {
    const help = portcullis(['--help'])

    assert.deepEqual(portcullis(['--version']), { code: 0, out: `${version}\n`, err: '' })
    assert.deepEqual([help.code, portcullis([]).out], [0, help.out])
    for (const name of ['check', 'scan', 'policy', 'rules'])
      assert.match(help.out, new RegExp(`\\n  ${name} `))
  })

  for (const name of ['check', 'scan', 'policy', 'rules']) {
    it(`explains ${name}`, () => {
      const { code, out, err } = portcullis([name, '--help'])

      assert.deepEqual([code, err], [0, ''])
      assert.match(out, new RegExp(`^(?:Usage: )?portcullis ${name}\\b`))
    })
  }

  for (const [name, args, message] of [
    ['an unknown command', ['chekc'], /"chekc" is not a command\. Did you mean check\?/],
    ['a name that every object has', ['constructor'], /"constructor" is not a command/],
    ['-C without a folder', ['-C'], /-C names no folder/],
    ['a folder that is not there', ['-C', '/nowhere', 'check'], /in no git repository/],
  ] as const) {
    it(`refuses ${name} with 2 and nothing on stdout`, () => {
      const { code, out, err } = portcullis(args)

      assert.deepEqual([code, out], [2, ''])
      assert.match(err, message)
    })
  }

  for (const args of [
    ['-C', '{}', 'check'],
    ['check', '-C', '{}'],
    ['check', '--gates', 'secrets', '-C', '{}', 'main..topic'],
  ]) {
    it(`judges a change: portcullis ${args.join(' ')}`, () => {
      const { code, out } = portcullis(args.map((arg) => (arg === '{}' ? git.folder : arg)))

      assert.equal(code, 1)
      assert.match(out, /a\.yaml:1 .*secrets\/github-personal-access-token\n/)
      assert.ok(!out.includes(token.slice(4, 14)))
    })
  }

  for (const [env, flags, isColored] of [
    [{}, [], false],
    [{ FORCE_COLOR: '1' }, [], true],
    [{ FORCE_COLOR: '0' }, [], false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, [], false],
    [{ FORCE_COLOR: '1', NO_COLOR: '' }, [], true],
    [{ NO_COLOR: '1' }, ['--color', 'always'], true],
    [{ FORCE_COLOR: '1' }, ['--color', 'never'], false],
  ] as const) {
    it(`${isColored ? 'colours' : 'does not colour'} with ${JSON.stringify(env)} ${flags.join(' ')}`, () => {
      const { out } = portcullis(['-C', git.folder, 'check', ...flags], env)

      assert.equal(out.includes('\u001b['), isColored)
    })
  }

  it('prints JSON without colour', () => {
    const { out } = portcullis(['-C', git.folder, 'check', '-f', 'json'], { FORCE_COLOR: '1' })

    assert.equal((JSON.parse(out) as { outcome: string }).outcome, 'fail')
  })

  it('says what is missing where there is no git', () => {
    const empty = mkdtempSync(join(tmpdir(), 'portcullis-empty-'))

    const { code, out, err } = portcullis(['-C', git.folder, 'check'], { PATH: empty })
    rmSync(empty, { recursive: true })

    assert.deepEqual([code, out], [2, ''])
    assert.match(err, /git/)
  })

  it('ends in silence when its reader does', () => {
    const shell = `"$NODE" "$CLI" -C "$DIR" check -f json --no-fail | true; echo "\${PIPESTATUS[0]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', shell], {
      env: { PATH: process.env['PATH'], NODE: process.execPath, CLI: cli, DIR: git.folder },
      encoding: 'utf8',
      // bash takes a socket for a remote shell, and would read its settings.
      stdio: ['ignore', 'pipe', 'pipe'],
    })

    assert.deepEqual([stdout, stderr], ['0\n', ''])
  })
})
