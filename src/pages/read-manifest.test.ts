import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

import { load } from 'js-yaml'

import { subscribedEvents } from '../github/read-delivery.ts'
import { readManifest } from './read-manifest.ts'

const text = readFileSync('app.yml', 'utf8')

describe('app.yml', () => {
  const manifest = readManifest(text)

  it('subscribes to the events that we take, and to no other', () => {
    const events = manifest.events.map(({ name }) => name)

    assert.deepEqual(events, subscribedEvents.toSorted())
  })

  it('asks for no right but these', () => {
    const asked = Object.fromEntries(manifest.permissions.map(({ name, access }) => [name, access]))

    assert.deepEqual(asked, {
      administration: 'read',
      checks: 'write',
      contents: 'read',
      issues: 'read',
      members: 'read',
      merge_queues: 'read',
      metadata: 'read',
      pull_requests: 'write',
      statuses: 'read',
    })
  })

  it('is read as a YAML parser reads it', () => {
    const { name, description, permissions, events } = manifest

    assert.deepEqual(load(text), {
      name,
      description,
      url: 'https://portcullis.example',
      hook_attributes: { url: 'https://portcullis.example/api/github/webhooks', active: true },
      public: false,
      default_permissions: Object.fromEntries(
        permissions.map((permission) => [permission.name, permission.access]),
      ),
      default_events: events.map((event) => event.name),
    })
  })
})

describe('readManifest', () => {
  for (const [name, changed] of [
    ['a permission without a reason', text.replace(/(checks: write).*/, '$1')],
    ['an event without a reason', text.replace(/(- push).*/, '$1')],
    ['no permissions', text.replace('default_permissions', 'permissions')],
    ['no name', text.replace(/^name/m, 'nom')],
  ] as const) {
    it(`refuses ${name}`, () => assert.throws(() => readManifest(changed), /app\.yml/))
  }
})
