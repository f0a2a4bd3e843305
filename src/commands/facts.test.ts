import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Facts } from '../model/facts.ts'
import { UserError } from '../std/user-error.ts'
import { commandContext } from '../testing/command-context.ts'
import { factsCommand } from './facts.ts'

const facts: Facts = {
  schema: 'portcullis/facts/v1',
  repository: { id: 1, owner: 'acme', name: 'fleet', defaultBranch: 'main' },
  pullRequest: null,
  reviews: [],
  attributions: {},
  pushers: [],
  collaborators: null,
  teams: {},
  effectiveRules: null,
  organisationPolicy: null,
  fingerprintKey: null,
}

describe('portcullis facts', () => {
  for (const [argument, number] of [
    ['acme/fleet#12', 12],
    ['acme/fleet', null],
  ] as const) {
    it(`prints the facts of ${argument}`, async () => {
      const asked: unknown[] = []
      const command = factsCommand(async (_github, name, of) => {
        asked.push(name, of)
        return facts
      })
      const context = commandContext()

      const exit = await command.run([argument], context)

      assert.deepEqual([exit, JSON.parse(context.printed()) as unknown], [0, facts])
      assert.deepEqual(asked, [{ owner: 'acme', name: 'fleet' }, number])
    })
  }

  for (const args of [
    [],
    ['acme'],
    ['acme/fleet#0'],
    ['acme/..'],
    ['a/b/c'],
    ['acme/fleet#1', 'x'],
    ['\u001b[2J/x'],
  ]) {
    it(`refuses ${JSON.stringify(args)} and prints nothing`, async () => {
      const context = commandContext()

      await assert.rejects(factsCommand(async () => facts).run(args, context), (error: unknown) => {
        return error instanceof UserError && error.code === 'arguments-invalid'
      })
      assert.equal(context.printed(), '')
    })
  }
})
