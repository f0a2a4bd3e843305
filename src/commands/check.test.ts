import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

import { gates } from '../gates/index.ts'
import { crc32Base62 } from '../gates/secrets/evidence/checksum.ts'
import { fakeGate, findingWith } from '../testing/fake-gate.ts'
import { fakeTokens } from '../testing/fake-token.ts'
import { GitRepository } from '../testing/git-repository.ts'
import type { CommitSpec, FileSpec } from '../testing/git-repository.ts'
import { runCommand, verdictOf } from '../testing/run-command.ts'
import { check } from './check.ts'

const fake = fakeTokens('check')
const newToken = () => fake.sealed('ghp_', 30, crc32Base62)
const policyPath = '.github/portcullis.yml'
const policy = (text: string) => ({ [policyPath]: text })

let git: GitRepository
before(() => (git = new GitRepository()))
after(() => git.remove())

type Files = Readonly<Record<string, FileSpec>>

/** Commits one after the other, each with all of its files. */
function line(...states: readonly (Files | CommitSpec)[]): string[] {
  const oids: string[] = []
  for (const state of states) {
    const spec = 'files' in state || 'message' in state ? (state as CommitSpec) : { files: state as Files }
    oids.push(git.commit({ parents: oids.slice(-1), ...spec }))
  }
  return oids
}

const run = (args: readonly string[], of = gates) => runCommand(check(of), git.folder, args)

async function judge(base: string | undefined, head: string | undefined, ...flags: string[]) {
  const ran = await run([`${base}..${head}`, '-f', 'json', ...flags])
  return { ...ran, verdict: verdictOf(ran) }
}

describe('check finds a secret', () => {
  const token = newToken()
  const cases: Readonly<Record<string, () => (string | undefined)[]>> = {
    'that a commit adds': () => line({ a: 'x' }, { a: `t: ${token}` }),
    'that was added and removed again': () => line({ a: 'x' }, { a: token }, { a: 'x' }),
    'in a commit message': () => line({ a: 'x' }, { files: { a: 'y' }, message: `use ${token}\n` }),
    'in a file name': () => line({ a: 'x' }, { a: 'x', [token]: '' }),
    'in UTF-16': () => line({ a: 'x' }, { a: Buffer.from(`\ufefft: ${token}\n`, 'utf16le') }),
    'in Base64': () => line({ a: 'x' }, { a: `t: ${fake.base64(`token=${token}`)}\n` }),
    'behind a comment that asks to look away': () =>
      line({ a: 'x' }, { a: `t: ${token} # gitleaks:allow\n` }),
    'in the target of a link': () => line({ a: 'x' }, { a: { mode: '120000', content: token } }),
    'that only the resolution of a merge holds': () => {
      const [base = '', left = ''] = line({ a: 'x' }, { a: 'left' })
      const right = git.commit({ files: { a: 'right' }, parents: [base] })
      return [base, git.commit({ files: { a: `both ${token}` }, parents: [left, right] })]
    },
    'that came by the second parent of a merge': () => {
      const [base = '', left = ''] = line({ a: 'x' }, { a: 'x', b: 'left' })
      const right = git.commit({ files: { a: token }, parents: [base] })
      return [base, git.commit({ files: { a: 'x', b: 'left' }, parents: [left, right] })]
    },
  }

  for (const [name, commits] of Object.entries(cases)) {
    it(name, async () => {
      const oids = commits()

      const { code, out, verdict } = await judge(oids[0], oids.at(-1))

      assert.deepEqual([code, verdict.outcome, verdict.findings.length], [1, 'fail', 1])
      assert.deepEqual(
        verdict.findings.map(({ rule, blocks }) => [rule, blocks]),
        [['secrets/github-personal-access-token', true]],
      )
      assert.ok(!out.includes(token.slice(4, 14)), 'the secret was printed')
    })
  }
})

describe('check, of a secret that was there before the change,', () => {
  const token = newToken()
  const old = `x\n${token}\n`

  for (const [name, commits] of [
    ['passes an edit of the same file', () => line({ a: old }, { a: `more\n${old}` })],
    ['passes an edit that is taken back', () => line({ a: old }, { a: `more\n${old}` }, { a: old, b: '' })],
    ['passes its removal after an edit', () => line({ a: old }, { a: `more\n${old}` }, { a: 'x' })],
  ] as const) {
    it(name, async () => {
      const oids = commits()

      const { code, verdict } = await judge(oids[0], oids.at(-1))

      assert.deepEqual(
        verdict.findings.map(({ severity, blocks, commit }) => [severity, blocks, commit]),
        [['info', false, null]],
      )
      assert.match(verdict.findings[0]?.message ?? '', /there before this change/)
      assert.equal(code, 0)
    })
  }

  for (const [name, files] of [
    ['blocks its move to another path', { b: old }],
    ['blocks its copy', { a: `more\n${old}`, b: old }],
    ['blocks another one in the same file', { a: old + newToken() }],
  ] as const) {
    it(name, async () => {
      const [base, head] = line({ a: old }, files)

      const { code } = await judge(base, head)

      assert.equal(code, 1)
    })
  }

  it('compares with the merge base: one that main got meanwhile is the change’s', async () => {
    const [base = ''] = line({ a: 'x' })
    const main = git.commit({ files: { a: token }, parents: [base] })
    const head = git.commit({ files: { a: `y ${token}` }, parents: [base] })

    assert.equal((await judge(main, head)).code, 1)
  })
})

describe('check, of the policy,', () => {
  const broken = 'version: 1\ngates:\n  secret: {}\n'

  it('judges by the tip of the base, not by the change', async () => {
    const lax = 'version: 1\ngates:\n  secrets:\n    exclude: ["**"]\n'
    const [base, head] = line({ a: 'x' }, { a: newToken(), [policyPath]: lax })

    const { code, verdict } = await judge(base, head)

    assert.deepEqual([code, verdict.policy.sources], [1, ['preset:recommended']])
  })

  it('judges nothing by one that is not valid, and says what is wrong with it', async () => {
    const [base, head] = line({ a: 'x', [policyPath]: broken }, { a: 'y', [policyPath]: broken })

    const { code, verdict } = await judge(base, head)

    assert.deepEqual([code, verdict.outcome], [3, 'error'])
    assert.deepEqual(new Set(verdict.gates.map(({ outcome }) => outcome)), new Set(['not-evaluated']))
    const [skip] = verdict.skips
    assert.deepEqual([skip?.path, skip?.blocks], [policyPath, true])
    assert.match(skip?.reason ?? '', /portcullis\.yml:3:3.*did you mean/is)
  })

  it('judges its repair by the last valid one', async () => {
    const strict = 'version: 1\ngates:\n  secrets:\n    exclude: [old/**]\n'
    const [, base, head] = line(policy(strict), policy(broken), policy('version: 1\n'))

    const { code, verdict } = await judge(base, head)

    assert.equal(code, 0)
    assert.equal(verdict.policy.sources.length, 2)
    assert.match(verdict.policy.sources[1] ?? '', /^\.github\/portcullis\.yml@[0-9a-f]{40}$/)
  })

  it('judges its repair by the presets where none was ever valid', async () => {
    const [base, head] = line(policy(broken), policy('version: 1\n'))

    const { code, verdict } = await judge(base, head)

    assert.deepEqual([code, verdict.policy.sources], [0, ['preset:recommended']])
  })

  it('finds a secret in a repair too', async () => {
    const [base, head] = line({ [policyPath]: broken }, { [policyPath]: `version: 1 # ${newToken()}\n` })

    assert.equal((await judge(base, head)).code, 1)
  })

  for (const [name, file, reason] of [
    ['one that is too large to be read', `version: 1\n#${'x'.repeat(1024 * 1024)}\n`, /bytes, more than/],
    [
      'a link, which is no absent one',
      { mode: '120000', content: 'b.yml' },
      /symlink, which is not followed/,
    ],
  ] as const) {
    it(`judges nothing by ${name}`, async () => {
      const [base, head] = line({ a: 'x', [policyPath]: file }, { a: 'y', [policyPath]: file })

      const { code, verdict } = await judge(base, head)

      assert.deepEqual([code, verdict.skips.length], [3, 1])
      assert.match(verdict.skips[0]?.reason ?? '', reason)
    })
  }

  it('lets a broken baseline stop all but its repair', async () => {
    const path = '.github/portcullis/baseline.json'
    const [base = '', repair] = line({ a: 'x', [path]: '{' }, { a: 'x', [path]: '{"' })
    const other = git.commit({ files: { a: 'y', [path]: '{' }, parents: [base] })

    const codes = [(await judge(base, other)).code, (await judge(base, repair)).code]

    assert.deepEqual(codes, [3, 0])
  })

  it('takes the file of --policy instead, and calls a mistake in it wrong usage', async () => {
    const [base, head] = line({ [policyPath]: broken }, { [policyPath]: broken, a: '' })
    writeFileSync(join(git.folder, 'good.yml'), 'version: 1\n')
    writeFileSync(join(git.folder, 'bad.yml'), broken)

    const good = await judge(base, head, '--policy', 'good.yml')
    const bad = await run([`${base}..${head}`, '--policy', 'bad.yml'])

    assert.deepEqual([good.code, good.verdict.policy.sources], [0, ['preset:recommended', 'good.yml']])
    assert.deepEqual([bad.code, bad.out], [2, ''])
    assert.match(bad.err, /bad\.yml:3:3/)
  })
})

describe('check, of its range,', () => {
  it('takes the usual base, and a branch rather than a tag of its name', async () => {
    const [base = '', head = ''] = line({ a: 'x' }, { a: 'y' })
    git.ref('refs/remotes/origin/main', base)
    git.ref('refs/tags/origin/main', head)
    git.ref('refs/tags/main', head)
    git.ref('refs/heads/main', base)
    git.ref('refs/heads/topic', head)
    git.write('HEAD', 'ref: refs/heads/topic\n')

    const ranges = [[], ['origin/main..'], ['main..topic'], ['main...topic'], ['..topic'], ['main']]

    for (const range of ranges) {
      const { subject } = verdictOf(await run([...range, '-f', 'json']))
      assert.deepEqual([subject.base, subject.head, subject.commits], [base, head, 1], range.join())
    }
  })

  for (const [name, args, message] of [
    ['an unknown name', ['nope..HEAD'], /"nope" is no commit here/],
    ['two ranges', ['a..b', 'c..d'], /takes one range, not 2/],
    ['an unknown flag', ['--polcy', 'x'], /--policy\?/],
    ['an unknown format', ['-f', 'jsn'], /Did you mean json\?/],
    ['an unknown gate', ['--gates', 'secret'], /Did you mean secrets\?/],
    ['no gate', ['--gates', ''], /not a known/],
    ['two formats on stdout', ['-f', 'json', '-f', 'human'], /Only one format can go to stdout/],
    ['a colour that is none', ['--color', 'blue'], /Known are auto, always, never/],
    ['a policy that is not there', ['--policy', 'none.yml'], /none\.yml cannot be read \(ENOENT\)/],
    ['facts that are not there', ['--facts', 'none.json'], /none\.json cannot be read \(ENOENT\)/],
    ['a trust root that is not there', ['--trust', 'none'], /none is no folder/],
    ['a flag of another command', ['--all'], /Use portcullis scan/],
    ['a file that cannot be written', ['HEAD..HEAD', '-f', 'human', '-f', 'json=no/x'], /ENOENT/],
  ] as const) {
    it(`refuses ${name}, with nothing on stdout`, async () => {
      const { code, out, err } = await run(args)

      assert.deepEqual([code, out], [2, ''])
      assert.match(err, message)
    })
  }

  it('refuses to guess where no usual base is there', async () => {
    const empty = new GitRepository()

    const { code, out, err } = await runCommand(check(gates), empty.folder, [])
    empty.remove()

    assert.deepEqual([code, out], [2, ''])
    assert.match(err, /origin\/HEAD, origin\/main, origin\/master, main, master/)
  })

  it('explains a folder that is in no repository', async () => {
    const { code, out, err } = await runCommand(check(gates), '/', [])

    assert.deepEqual([code, out], [2, ''])
    assert.match(err, /in no git repository/)
  })
})

describe('check ends with', () => {
  const missing = { requirement: 'everything', needs: 2, has: 1, who: ['kim'] }
  const crash = {
    ...fakeGate('iac'),
    evaluate(): never {
      throw new RangeError(`a message that quotes ${newToken()}`)
    },
  }

  for (const [code, name, gate, flags] of [
    [0, 'what passes', fakeGate('iac'), []],
    [1, 'what fails', fakeGate('iac', { findings: [findingWith()] }), []],
    [3, 'a skip that blocks', fakeGate('iac', { skips: [{ path: 'a', reason: 'x', blocks: true }] }), []],
    [3, 'a crash of a gate', crash, []],
    [4, 'missing approvals', fakeGate('reviews', { waiting: [missing] }), []],
    [0, 'what fails, with --no-fail', fakeGate('iac', { findings: [findingWith()] }), ['--no-fail']],
  ] as const) {
    it(`${code} for ${name}, and prints JSON`, async () => {
      const [base, head] = line({ a: 'x' }, { a: 'y' })

      const ran = await run([`${base}..${head}`, '-f', 'json', '--verbose', ...flags], [gate])

      assert.equal(ran.code, code)
      assert.equal(verdictOf(ran).subject.head, head)
      assert.ok(!ran.err.includes('ghp_'))
    })
  }

  it('3 for more commits than the policy lets a change have', async () => {
    const limited = 'version: 1\nlimits:\n  commits: 1\n'
    const files = { [policyPath]: limited }
    const [base, , head] = line(files, { ...files, a: '1' }, { ...files, a: '2' })

    const { code, verdict } = await judge(base, head)

    assert.equal(code, 3)
    assert.match(verdict.skips[0]?.reason ?? '', /limits\.commits/)
  })
})

describe('check prints', () => {
  it('several formats at once, each to its file', async () => {
    const [base, head] = line({ a: 'x' }, { a: newToken() })

    const { out } = await run([`${base}..${head}`, '-f', 'human', '-f', 'json=v.json', '-f', 'sarif=v.sarif'])

    assert.match(out, /BLOCKED/)
    assert.equal(verdictOf({ out: readFileSync(join(git.folder, 'v.json'), 'utf8') }).outcome, 'fail')
    assert.match(readFileSync(join(git.folder, 'v.sarif'), 'utf8'), /"version": "2\.1\.0"/)
  })

  it('the same twice, but for the milliseconds', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f${at}`, newToken()]))
    const [base, head] = line({ a: 'x' }, many)
    const printed = async () => (await judge(base, head)).out.replaceAll(/"ms": \d+/g, '"ms": 0')

    const [first, second] = [await printed(), await printed()]

    assert.equal(first, second)
    const paths = verdictOf({ out: first }).findings.map(({ path }) => path ?? '')
    assert.deepEqual(paths, paths.toSorted())
    assert.equal(paths.length, 30)
  })

  it('only the gates that were asked for as evaluated', async () => {
    const [base, head] = line({ a: 'x' }, { a: newToken() })

    const { code, verdict } = await judge(base, head, '--gates', 'iac, reviews')

    assert.equal(code, 0)
    assert.deepEqual(
      verdict.gates.map(({ gate, outcome, lookedAt }) => [gate, outcome, lookedAt]),
      [
        ['secrets', 'not-evaluated', 'left out by --gates'],
        ['iac', 'pass', '0 objects'],
        ['signatures', 'not-evaluated', 'left out by --gates'],
        ['reviews', 'not-evaluated', 'no facts from GitHub: see portcullis facts and --facts'],
      ],
    )
  })

  it('less with --quiet, colour with --color always, and help without a repository', async () => {
    const token = newToken()
    const [base, head] = line({ a: token }, { a: `${token} ` })
    const range = `${base}..${head}`

    const loud = await run([range, '--color', 'always'])
    const quiet = await run([range, '--quiet'])
    const help = await runCommand(check(gates), '/', ['--help'])

    assert.ok(loud.out.includes('\u001b[') && loud.out.includes('a:1'))
    assert.ok(!quiet.out.includes('\u001b[') && !quiet.out.includes('a:1'))
    assert.deepEqual([help.code, help.out.startsWith('portcullis check [BASE..HEAD]\n')], [0, true])
  })
})
