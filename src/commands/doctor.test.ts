import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { CredentialsRefused, GitHubUnavailable } from '../ports/github-errors.ts'
import { UserError } from '../std/user-error.ts'
import { commandContext } from '../testing/command-context.ts'
import type { DoctorReach } from './doctor-probes.ts'
import { doctorProbes } from './doctor-probes.ts'
import { doctorCommand } from './doctor.ts'

const wanted = { permissions: { checks: 'write', contents: 'read' }, events: ['push'] }
const healthy: DoctorReach = {
  environment: () => [],
  gitVersion: async () => 'git version 2.47.1',
  nodeVersion: 'v24.21.0',
  dataFolder: { path: './data', isWritable: async () => true, isLocked: async () => false },
  app: async () => ({ slug: 'portcullis', ...wanted }),
  skewSeconds: () => 0,
  wanted,
  webhookUrl: async () => 'https://gate.example/api/github/webhooks',
}

async function doctor(reach: Partial<DoctorReach>) {
  const context = commandContext()
  const exit = await doctorCommand(doctorProbes({ ...healthy, ...reach })).run([], context)
  return { exit, lines: context.printed().split('\n') }
}

describe('portcullis doctor', () => {
  it('says for each thing that it is well', async () => {
    const { exit, lines } = await doctor({})

    assert.equal(exit, 0)
    assert.equal(lines.filter((line) => line.startsWith('ok ')).length, 9)
  })

  const folder = healthy.dataFolder
  for (const [what, reach, said] of [
    ['a missing setting', { environment: () => ['APP_ID is missing.'] }, /environment: APP_ID is missing/],
    ['no git', { gitVersion: async () => null }, /git: git was not found/],
    ['an old git', { gitVersion: async () => 'git version 2.9.5' }, /git is 2\.9, which is too old/],
    ['an old Node', { nodeVersion: 'v20.20.2' }, /Node is 20\.20, which is too old/],
    [
      'a folder that cannot be written',
      { dataFolder: { ...folder, isWritable: async () => false } },
      /cannot be written/,
    ],
    ['a second process', { dataFolder: { ...folder, isLocked: async () => true } }, /Another process/],
    ['a clock that is ahead', { skewSeconds: () => 90 }, /90 s ahead of/],
    ['a clock that is behind', { skewSeconds: () => -90 }, /90 s behind/],
    [
      'a permission that is too weak',
      { app: async () => ({ ...wanted, slug: 'x', permissions: { checks: 'read', contents: 'write' } }) },
      /lacks checks: write\./,
    ],
    [
      'an event that does not come',
      { app: async () => ({ ...wanted, slug: 'x', events: [] }) },
      /does not get push/,
    ],
    ['no webhook', { webhookUrl: async () => null }, /no webhook address/],
  ] satisfies [string, Partial<DoctorReach>, RegExp][]) {
    it(`exits with 1 and says what to do about ${what}`, async () => {
      const { exit, lines } = await doctor(reach)

      const at = lines.findIndex((line) => line.startsWith('problem') && said.test(line))
      assert.equal(exit, 1)
      assert.match(lines[at + 1] ?? '', /^ +next: [A-Z]/)
    })
  }

  for (const [what, error] of [
    ['refused credentials', new CredentialsRefused('GitHub answered 401.')],
    ['no network', new GitHubUnavailable('No answer.', new Date(0))],
    [
      'a broken key',
      new UserError({ code: 'environment-invalid', message: 'No key.', remediation: 'Set one.' }),
    ],
  ] as const) {
    it(`goes on after ${what}`, async () => {
      const { exit, lines } = await doctor({ app: () => Promise.reject(error) })

      assert.equal(exit, 1)
      assert.equal(lines.filter((line) => line.startsWith('problem')).length, 3)
      assert.ok(lines.some((line) => line.startsWith('ok') && line.includes('webhook')))
    })
  }

  it('does not take a bug for a problem of the user', async () => {
    await assert.rejects(doctor({ app: () => Promise.reject(new RangeError('bug')) }), RangeError)
  })
})
