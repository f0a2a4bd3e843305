import { fork } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

import { z } from 'zod'

import { parseCommand } from '../src/comments/parse-command.ts'
import { deliveryReader } from '../src/github/read-delivery.ts'
import { webhookVerifier } from '../src/github/webhook-signature.ts'
import { Redacted } from '../src/std/redacted.ts'
import { frontDoor } from '../src/webhooks/front-door.ts'
import { openServer } from '../src/webhooks/open-server.ts'

/**
 * The front door with a store in memory: how many deliveries it takes, and what a hundred unsigned bodies cost. The load
 * comes from a process of its own, which shares nothing with the measured one but the machine's cores.
 */

const path = '/api/github/webhooks'
const MB = 1024 * 1024

const Load = z.object({
  port: z.int(),
  secret: z.string(),
  requests: z.int(),
  connections: z.int(),
  bytes: z.int(),
  isSigned: z.boolean(),
})
type Load = z.infer<typeof Load>

const Loaded = z.object({
  seconds: z.number(),
  /** Milliseconds, in order of size. */
  times: z.array(z.number()),
  statuses: z.record(z.string(), z.int()),
})
type Loaded = z.infer<typeof Loaded>

if (process.send === undefined) await main()
else process.once('message', (load) => void send(Load.parse(load)).then((loaded) => process.send?.(loaded)))

async function main(): Promise<void> {
  const secret = randomBytes(32).toString('hex')
  const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent }
  const known = new Set<string>()
  const listener = frontDoor({
    path,
    verifier: webhookVerifier([new Redacted(secret)]),
    read: deliveryReader(1),
    parseCommand,
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
  print(`signed, 30 KB, 16 connections   ${Math.round(signed.times.length / signed.seconds)} req/s`, signed)
  for (const connections of [1, 10, 100]) await unsigned({ ...load, connections })
  await server.close()
}

async function unsigned(given: Omit<Load, 'requests'>): Promise<void> {
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
  print(`unsigned, 24 MB x 100, ${given.connections} at once   ${costs.join('; ')}`, loaded)
}

function elsewhere(load: Load): Promise<Loaded> {
  const sender = fork(new URL(import.meta.url))
  return new Promise((resolve, reject) => {
    sender.once('error', reject).once('message', (loaded) => {
      sender.disconnect()
      resolve(Loaded.parse(loaded))
    })
    sender.send(load)
  })
}

async function send(load: Load): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections })
  const body = bodyOf(load.bytes)
  const signature = load.isSigned
    ? `sha256=${createHmac('sha256', load.secret).update(body).digest('hex')}`
    : `sha256=${'0'.repeat(64)}`
  const times: number[] = []
  const statuses: Record<string, number> = {}
  let left = load.requests
  const start = performance.now()
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const began = performance.now()
      const status = await post({ port: load.port, agent, body, signature })
      times.push(performance.now() - began)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: load.connections }, lane))
  const seconds = (performance.now() - start) / 1_000
  agent.destroy()
  return { seconds, times: times.toSorted((one, other) => one - other), statuses }
}

interface Post {
  readonly port: number
  readonly agent: Agent
  readonly body: Buffer
  readonly signature: string
}

function post({ port, agent, body, signature }: Post): Promise<string> {
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-github-event': 'push',
    'x-github-delivery': crypto.randomUUID(),
    'x-hub-signature-256': signature,
  }
  return new Promise((resolve) => {
    const sent = request({ port, host: '127.0.0.1', method: 'POST', path, agent, headers }, (response) => {
      response.resume().once('end', () => resolve(String(response.statusCode)))
    })
    sent.once('error', () => resolve('reset'))
    sent.end(body)
  })
}

/** A push as GitHub sends it, with as many commits as the size needs. */
function bodyOf(bytes: number): Buffer {
  const commit = {
    id: 'c'.repeat(40),
    message: 'fleet: raise the replicas',
    added: [],
    modified: ['apps/api.yaml'],
  }
  const commits = Array.from({ length: Math.max(0, Math.ceil(bytes / 150)) }, () => commit)
  const push = { ref: 'refs/heads/main', before: 'a'.repeat(40), after: 'b'.repeat(40), commits }
  const about = { installation: { id: 7 }, repository: { full_name: 'acme/fleet' } }
  return Buffer.from(JSON.stringify({ ...push, ...about }))
}

function print(line: string, { times, statuses }: Loaded): void {
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  const answers = Object.entries(statuses).map(([status, count]) => `${count} x ${status}`)
  // oxlint-disable-next-line no-console -- a benchmark's output
  console.log(`${line}; p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms; ${answers.join(', ')}`)
}
