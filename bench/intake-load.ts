import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'

import { z } from 'zod'

/** What bench/intake.ts starts as a process of its own, to send deliveries: it shares nothing but the machine's cores. */
const path = '/api/github/webhooks'

export const Load = z.object({
  port: z.int(),
  secret: z.string(),
  requests: z.int(),
  connections: z.int(),
  bytes: z.int(),
  isSigned: z.boolean(),
})
export type Load = z.infer<typeof Load>

export const Loaded = z.object({
  seconds: z.number(),
  /** Milliseconds, in order of size. */
  times: z.array(z.number()),
  statuses: z.record(z.string(), z.int()),
})
export type Loaded = z.infer<typeof Loaded>

if (import.meta.main)
  process.once('message', (load) => void send(Load.parse(load)).then((loaded) => process.send?.(loaded)))

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
