import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

import type { Timers } from '../github/timers.ts'
import type { Log } from '../ports/log.ts'
import type { Etags } from '../ports/stores.ts'

/** What came in. `path` is without `/api/v3`, with the query. */
export interface Received {
  readonly route: string
  readonly path: string
  readonly authorization: string
  readonly ifNoneMatch: string | null
  readonly body: unknown
}

export interface Scripted {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** An ETag is made of it, and a request that has it gets 304. */
  readonly json?: unknown
  /** Break the connection instead of answering. */
  readonly isBroken?: boolean
}

export type Script = (received: Received) => Scripted

/** A server on loopback that answers `METHOD /path` as the test says, and 404 otherwise. */
export async function scriptedGitHub(
  script: Readonly<Record<string, Script>>,
  now: () => number,
): Promise<{ host: string; received: Received[]; close(): Promise<void> }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void readRequest(request).then((one) => {
      received.push(one)
      const answer = script[one.route]?.(one) ?? { status: 404, json: { message: 'Not Found' } }
      if (answer.isBroken === true) return request.socket.destroy()
      const payload = answer.json === undefined ? '' : JSON.stringify(answer.json)
      const etag = `W/"${payload.length}-${Buffer.from(payload).toString('base64').slice(-24)}"`
      const isSame = one.ifNoneMatch === etag && (answer.status ?? 200) === 200
      response.sendDate = false
      response.writeHead(isSame ? 304 : (answer.status ?? 200), {
        date: new Date(now()).toUTCString(),
        'content-type': 'application/json; charset=utf-8',
        ...((answer.status ?? 200) === 200 ? { etag } : {}),
        ...answer.headers,
      })
      return response.end(isSame ? undefined : payload)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function readRequest(request: IncomingMessage): Promise<Received> {
  const body = await text(request)
  const path = (request.url ?? '').replace('/api/v3', '')
  return {
    route: `${request.method} ${path.split('?')[0]}`,
    path,
    authorization: request.headers.authorization ?? '',
    ifNoneMatch: request.headers['if-none-match'] ?? null,
    body: body === '' ? undefined : (JSON.parse(body) as unknown),
  }
}

/** A clock that stands still until something waits, and then jumps to the end of the wait. */
export function jumpingClock(start = Date.UTC(2026, 0, 2)): {
  now: () => number
  pass(ms: number): void
  timers: Timers
  waits: number[]
} {
  let at = start
  const waits: number[] = []
  return {
    now: () => at,
    pass: (ms) => void (at += ms),
    waits,
    timers: {
      after(ms, run) {
        const jump = setImmediate(() => {
          waits.push(ms)
          at += ms
          run()
        })
        return () => clearImmediate(jump)
      },
    },
  }
}

/** A log that keeps its lines. */
export function listeningLog(): Log & { lines: unknown[] } {
  const lines: unknown[] = []
  const write = (fields: object, message: string) => void lines.push({ ...fields, message })
  const log = { lines, debug: write, info: write, warn: write, error: write, child: () => log }
  return log
}

/** The port in memory. */
export function etagsInMemory(): Etags & { readonly kept: Map<string, { etag: string; value: unknown }> } {
  const kept = new Map<string, { etag: string; value: unknown }>()
  return {
    kept,
    get: async (installation, url) => kept.get(`${installation} ${url}`) ?? null,
    put: async (installation, url, entry) => void kept.set(`${installation} ${url}`, entry),
  }
}
