import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'

import { version } from '../src/std/version.ts'
import { GitRepository } from '../src/testing/git-repository.ts'

const root = resolve(import.meta.dirname, '..')
const cli = join(root, 'dist/cli.js')

/** Loaded before the command line; at its end it prints every module that was loaded to stderr. */
const recorder = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  const urls = []
  registerHooks({ load(url, context, next) { urls.push(url); return next(url, context) } })
  process.on('exit', () => process.stderr.write(urls.join('\\n')))
`)}`

interface Manifest {
  readonly version: string
  readonly bin: Readonly<Record<string, string>>
  readonly files: readonly string[]
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest

let cache: string
let git: GitRepository
before(() => {
  cache = mkdtempSync(join(tmpdir(), 'portcullis-cache-'))
  git = new GitRepository()
  git.ref('refs/heads/main', git.commit({ files: { 'a.yaml': 'x: 1\n' } }))
  // What was built before may be of another state of the sources.
  const built = spawnSync('npm', ['run', 'build'], { cwd: root, encoding: 'utf8' })
  assert.equal(built.status, 0, built.stdout)
})
after(() => {
  git.remove()
  rmSync(cache, { recursive: true, force: true })
})

function modulesOf(args: readonly string[]): { code: number | null; modules: string } {
  const { status, stderr } = spawnSync(process.execPath, ['--import', recorder, cli, ...args], {
    cwd: git.folder,
    env: { PATH: process.env['PATH'], XDG_CACHE_HOME: cache },
    encoding: 'utf8',
  })
  return { code: status, modules: stderr }
}

describe('the built package', () => {
  it('has the version of package.json, and says so', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [cli, '--version'], { encoding: 'utf8' })

    assert.deepEqual([stdout, stderr, version], [`${manifest.version}\n`, '', manifest.version])
  })

  it('is started by a name, through a line that finds node', () => {
    assert.deepEqual(manifest.bin, { portcullis: 'dist/cli.js' })
    assert.ok(manifest.files.includes('dist'))
    assert.match(readFileSync(cli, 'utf8'), /^#!\/usr\/bin\/env node\n/)
  })

  it('holds no tests and no fakes', () => {
    const listed = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
    })

    assert.equal(listed.status, 0, listed.stderr)
    assert.match(listed.stdout, /"dist\/cli\.js"/)
    assert.doesNotMatch(listed.stdout, /\.test\.js|dist\/testing\/|"src\//)
  })

  for (const [args, unwanted] of [
    [['--version'], /node_modules|dist\/(?:commands|gates|policy|git|model)\//],
    [['--help'], /node_modules|dist\/(?:commands|gates|policy|git|model)\//],
    [['check'], /node_modules\/(?:@octokit|probot|kysely|pg|@electric-sql|hono|pino)\b|model\/facts\.js/],
    [['scan'], /node_modules\/(?:@octokit|probot|kysely|pg|@electric-sql|hono|pino)\b|model\/facts\.js/],
    [['rules'], /node_modules\/(?:@octokit|probot|kysely|pg|@electric-sql|hono|pino)\b/],
  ] as const) {
    it(`loads for ${args[0]} no more than it needs`, () => {
      const { code, modules } = modulesOf(args)

      assert.equal(code, 0, modules)
      assert.match(modules, /dist\/cli\.js/)
      assert.deepEqual(
        modules.split('\n').filter((url) => unwanted.test(url)),
        [],
      )
    })
  }
})
