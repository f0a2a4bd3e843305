import { createHmac, randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

import { parseCommand } from '../comments/parse-command.ts'
import { deliveryReader } from '../github/read-delivery.ts'
import { webhookVerifier } from '../github/webhook-signature.ts'
import type { StoredDelivery } from '../ports/delivery.ts'
import type { Log } from '../ports/log.ts'
import { Redacted } from '../std/redacted.ts'
import { type FrontDoor, frontDoor } from '../webhooks/front-door.ts'
import { openServer, type ServerOptions } from '../webhooks/open-server.ts'

export const path = '/api/github/webhooks'
const secret = randomBytes(32).toString('hex')

export interface OpenDoor {
  readonly port: number
  /** What was stored, in order. */
  readonly stored: readonly StoredDelivery[]
  /** Every line of the log. */
  readonly lines: readonly string[]
  readonly woken: () => number
  close(): Promise<void>
}

/** The front door on a free port, with the real reader and verifier and a store in memory; closed after the test. */
export async function openDoor(
  t: TestContext,
  given: Partial<FrontDoor> = {},
  server: Partial<ServerOptions> = {},
): Promise<OpenDoor> {
  const stored: StoredDelivery[] = []
  const lines: string[] = []
  let woken = 0
  const door: FrontDoor = {
    path,
    verifier: webhookVerifier([new Redacted(secret)]),
    read: deliveryReader(4711),
    parseCommand,
    holdsSecret: () => false,
    deliveries: {
      async insert(delivery) {
        if (stored.some(({ guid }) => guid === delivery.guid)) return 'known'
        stored.push(delivery)
        return 'stored'
      },
    },
    wake: () => {
      woken += 1
    },
    ready: async () => [],
    log: logInto(lines),
    now: () => 0,
    ...given,
  }
  const open = await openServer(frontDoor(door), { host: '127.0.0.1', port: 0, closeMs: 50, ...server })
  t.after(() => open.close())
  return { port: open.port, stored, lines, woken: () => woken, close: () => open.close() }
}

function logInto(lines: string[]): Log {
  const line =
    (level: string) =>
    (fields: object, message: string): void =>
      void lines.push(`${level} ${message} ${JSON.stringify(fields)}`)
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    child: () => logInto(lines),
  }
}

/** The header of GitHub for a body. */
export function signatureOf(body: string | Uint8Array): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** The head of a delivery, with other headers put in the place of these; undefined leaves one out. */
export function head(given: Record<string, string | readonly string[] | undefined> = {}): string {
  const headers = {
    host: 'localhost',
    connection: 'close',
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    ...given,
  }
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    [values ?? []].flat().map((value) => `${name}: ${value}\r\n`),
  )
  return `POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}

/** A whole signed delivery. */
export function signed(body: string, given: Parameters<typeof head>[0] = {}): string {
  const length = String(Buffer.byteLength(body))
  return head({ 'content-length': length, 'x-hub-signature-256': signatureOf(body), ...given }) + body
}

export interface Conversation {
  readonly socket: Socket
  /** All that was answered, when the connection has ended. */
  readonly answered: Promise<string>
}

/** A connection that says nothing by itself. A reset ends it like a close: what came before it counts. */
export function converse(t: TestContext, port: number): Conversation {
  const { promise: answered, resolve } = Promise.withResolvers<string>()
  let text = ''
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('data', (chunk) => (text += chunk.toString('latin1')))
  socket.on('end', () => socket.end())
  socket.on('error', () => undefined)
  socket.on('close', () => resolve(text))
  t.after(() => socket.destroy())
  return { socket, answered }
}

/** Sends bytes, and gives what was answered. */
export function exchange(t: TestContext, port: number, bytes: string | Uint8Array): Promise<string> {
  const { socket, answered } = converse(t, port)
  socket.write(bytes)
  return answered
}

/** `202` of an answer. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)
}
