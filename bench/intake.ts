import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

import { parseCommand } from '../src/comments/parse-command.ts'
import { deliveryReader } from '../src/github/read-delivery.ts'
import { webhookVerifier } from '../src/github/webhook-signature.ts'
import { Redacted } from '../src/std/redacted.ts'
import { frontDoor } from '../src/webhooks/front-door.ts'
import { openServer } from '../src/webhooks/open-server.ts'
import type { Figures } from './figures.ts'
import type { Load } from './intake-load.ts'
import { Loaded } from './intake-load.ts'

const path = '/api/github/webhooks'
const MB = 1024 * 1024

/**
 * The front door with a store in memory: how many deliveries it takes, and what a hundred unsigned bodies cost.
 */
export async function intake(): Promise<Figures> {
  const secret = randomBytes(32).toString('hex')
  const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent }
  const known = new Set<string>()
  const listener = frontDoor({
    path,
    verifier: webhookVerifier([new Redacted(secret)]),
    read: deliveryReader(1),
    parseCommand,
    holdsSecret: () => false,
    deliveries: {
      async insert({ guid }) {
        if (known.has(guid)) return 'known'
        known.add(guid)
        return 'stored'
      },
    },
    wake: () => undefined,
    ready: async () => [],
    log: silent,
    now: () => performance.now(),
  })
  const server = await openServer(listener, { host: '127.0.0.1', port: 0 })
  const load = { port: server.port, secret, isSigned: true, bytes: 30 * 1024 }
  await elsewhere({ ...load, requests: 2_000, connections: 16 })
  const signed = await elsewhere({ ...load, requests: 10_000, connections: 16 })
  const times = [{ what: 'signed, 30 KB, 16 connections', ms: signed.times }]
  const rate = Math.round(signed.times.length / signed.seconds)
  const notes = [`signed: ${rate} requests a second; ${answers(signed)}`]
  for (const connections of [1, 10, 100]) {
    const { loaded, costs } = await unsigned({ ...load, connections })
    const what = `unsigned, 24 MB x 100, ${connections} at once`
    times.push({ what, ms: loaded.times })
    notes.push(`${what}: ${costs}; ${answers(loaded)}`)
  }
  await server.close()
  return { times, notes }
}

async function unsigned(given: Omit<Load, 'requests'>): Promise<{ loaded: Loaded; costs: string }> {
  const before = process.memoryUsage.rss()
  const cpu = process.cpuUsage()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  let peak = before
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 2)
  delay.enable()
  const loaded = await elsewhere({ ...given, requests: 100, bytes: 24 * MB, isSigned: false })
  delay.disable()
  clearInterval(watch)
  const { user, system } = process.cpuUsage(cpu)
  const costs = [
    `stall max ${(delay.max / 1e6).toFixed(0)} ms, p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms`,
    `CPU ${((user + system) / 1e5).toFixed(0)} ms a body`,
    `RSS ${Math.round(before / MB)} -> ${Math.round(peak / MB)} MB`,
  ]
  return { loaded, costs: costs.join('; ') }
}

function elsewhere(load: Load): Promise<Loaded> {
  const sender = fork(new URL('intake-load.ts', import.meta.url))
  return new Promise((resolve, reject) => {
    sender.once('error', reject).once('message', (loaded) => {
      sender.disconnect()
      resolve(Loaded.parse(loaded))
    })
    sender.send(load)
  })
}

function answers({ statuses }: Loaded): string {
  return Object.entries(statuses)
    .map(([status, count]) => `${count} x ${status}`)
    .join(', ')
}
