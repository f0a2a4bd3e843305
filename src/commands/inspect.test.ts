import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Guarantee } from '../model/inspection.ts'
import { commandContext } from '../testing/command-context.ts'
import { fakeGitHub } from '../testing/fake-github.ts'
import { inspectCommand } from './inspect.ts'

const holds: Guarantee = {
  id: 'check-required',
  holds: 'yes',
  message: 'The check is required.',
  remediation: '',
}
const open: Guarantee = {
  ...holds,
  id: 'check-pinned',
  holds: 'no',
  message: 'Any App may post it.',
  remediation: 'Pin it.',
}
const unknown: Guarantee = {
  ...holds,
  id: 'no-bypass',
  holds: 'unknown',
  message: 'Not readable.',
  remediation: 'Look.',
}

async function inspected(guarantees: readonly Guarantee[], args: readonly string[] = ['acme/fleet']) {
  const github = fakeGitHub()
  github.addRepository({ id: 1, owner: 'acme', name: 'fleet', defaultBranch: 'main', isArchived: false })
  const context = commandContext(github)
  const exit = await inspectCommand(async (_, __, branch) => [{ branch, guarantees }]).run(args, context)
  return { exit, printed: context.printed() }
}

describe('portcullis inspect', () => {
  for (const [what, guarantees, exit] of [
    ['everything holds', [holds], 0],
    ['one does not hold', [holds, unknown, open], 1],
    ['one could not be read', [holds, unknown], 3],
  ] as const) {
    it(`exits with ${exit} when ${what}`, async () => assert.equal((await inspected(guarantees)).exit, exit))
  }

  it('says what holds, what does not, and what to do', async () => {
    const { printed } = await inspected([holds, open, unknown])

    assert.equal(
      printed,
      [
        'acme/fleet, branch main',
        '  ok       The check is required.',
        '  problem  Any App may post it.',
        '           Pin it.',
        '  unknown  Not readable.',
        '           Look.',
        '',
      ].join('\n'),
    )
  })

  it('prints no escape sequence of a branch or a check', async () => {
    const { printed } = await inspected(
      [{ ...open, message: 'x\u001b[2J\u202Ey' }],
      ['acme/fleet', 'a\u001b[1mb'],
    )

    assert.ok(!printed.includes('\u001b') && !printed.includes('\u202E'))
    assert.match(printed, /\\u\{1b\}/)
  })
})
