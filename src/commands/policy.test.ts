import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

import { UserError } from '../std/user-error.ts'
import type { CommandContext } from './command.ts'
import { policy } from './policy.ts'

describe('portcullis policy', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-policy-'))
    mkdirSync(join(folder, '.git'))
    mkdirSync(join(folder, '.github'))
    mkdirSync(join(folder, 'apps'))
    writeFileSync(join(folder, 'bad.yml'), 'gates:\n  secret: {}\n')
    writeFileSync(join(folder, 'off.yml'), 'mode: off\n')
    writeFileSync(join(folder, 'notes.txt'), 'none')
    const text = `gates:
  iac: { fail_on: low, rules: { k8s/a: { severity: critical } } }
waivers: { active: [{ rule: k8s/a, paths: ["apps/**"], reason: x, granted_by: kim, granted: 2026-01-01, expires: 2026-01-02 }] }
`
    writeFileSync(join(folder, '.github/portcullis.yml'), text)
  })
  after(() => rmSync(folder, { recursive: true }))

  it('lints the file of the work tree, from any folder of it', async () => {
    const { code, printed } = await run(join(folder, 'apps'), 'lint')

    assert.equal(code, 0)
    assert.match(printed, /3:\d+ {2}warning {2}waiver for k8s\/a expired/)
    assert.match(printed, /\.github\/portcullis\.yml: valid, 1 warning\n/)
  })

  it('exits with 1 for a file that is not valid', async () => {
    const { code, printed } = await run(folder, 'lint', 'bad.yml')

    assert.equal(code, 1)
    assert.match(
      printed,
      /^bad\.yml:2:3 {2}error {2}unknown key "secret" in gates – did you mean "secrets"\?\n/,
    )
    assert.match(printed, /bad\.yml: not valid, 1 error\n$/)
  })

  it('tells the organisation’s file from a repository’s', async () => {
    assert.equal((await run(folder, 'lint', 'off.yml')).code, 1)
    assert.equal((await run(folder, 'lint', 'off.yml', '--organisation')).code, 0)
  })

  it('says that no file means recommended', async () => {
    const { code, printed } = await run(tmpdir(), 'lint')

    assert.equal(code, 0)
    assert.match(printed, /^no policy file: valid\n {2}preset:recommended\n/)
  })

  it('explains every value, a path and a rule', async () => {
    const all = await run(folder, 'explain')
    const path = await run(folder, 'explain', 'apps/a.yaml')
    const rule = await run(folder, 'explain', '--rule', 'k8s/a')

    assert.match(all.printed, /^gates\.iac\.fail_on +low +\.github\/portcullis\.yml:2$/m)
    assert.match(all.printed, /^gates\.iac\.scope +changed +preset:recommended$/m)
    assert.match(path.printed, /^waivers\.active\[0\] +.*k8s\/a until 2026-01-02/m)
    assert.match(rule.printed, /^gates\.iac\.rules\.k8s\/a +severity critical +\.github\/portcullis\.yml:2$/m)
  })

  it('explains what is wrong where the policy is not valid', async () => {
    const { code, printed } = await run(folder, 'explain', '--policy', 'bad.yml')

    assert.equal(code, 1)
    assert.match(printed, /unknown key/)
  })

  it('prints the schema', async () => {
    const { printed } = await run(folder, 'schema')

    assert.equal((JSON.parse(printed) as { title: string }).title, 'Portcullis policy')
  })

  for (const [name, args, message] of [
    ['no subcommand', [], /needs a subcommand/],
    ['an unknown subcommand', ['lnit'], /no subcommand "lnit"/],
    ['an unknown option', ['lint', '--nope'], /Unknown option/],
    ['a file that is not there', ['lint', 'nowhere.yml'], /ENOENT/],
    ['facts that are no JSON', ['lint', '--facts', 'notes.txt'], /is not JSON/],
    ['facts that are none', ['lint', '--facts', 'empty.json'], /does not hold facts/],
  ] as const)
    it(`refuses ${name}`, async () => {
      writeFileSync(join(folder, 'empty.json'), '{}')

      await assert.rejects(
        run(folder, ...args),
        (error) =>
          error instanceof UserError && error.code === 'arguments-invalid' && message.test(error.message),
      )
    })
})

async function run(cwd: string, ...args: string[]) {
  let printed = ''
  const context: Partial<CommandContext> = { cwd, out: (text) => (printed += text) }
  const code = await policy.run(args, context as CommandContext)
  return { code, printed }
}
