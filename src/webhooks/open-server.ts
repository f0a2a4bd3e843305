import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'

export interface ServerOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** Connections at once; more are closed as they come. */
  readonly connections?: number
  /** For the headers of a request to arrive. */
  readonly headersMs?: number
  /** For requests that are being answered when it closes. */
  readonly closeMs?: number
}

export interface OpenServer {
  readonly port: number
  /** Takes nothing new, lets what is being answered come to its end, then closes the rest. */
  close(): Promise<void>
}

/** Opens an HTTP server to which strangers may speak. Throws Node's error where the port is taken. */
export async function openServer(listener: RequestListener, options: ServerOptions): Promise<OpenServer> {
  const { host, port, connections = 512, headersMs = 5_000, closeMs = 10_000 } = options
  const server = createServer({
    headersTimeout: headersMs,
    // The body has a time of its own, in read-body.ts; this is for requests that nobody reads.
    requestTimeout: headersMs + 15_000,
    connectionsCheckingInterval: Math.min(1_000, headersMs),
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16 * 1024,
  })
  server.maxConnections = connections
  server.maxHeadersCount = 100
  // A connection on which nothing moves, in either direction.
  server.setTimeout(headersMs + 15_000)
  server.on('request', listener)
  // So that a body which is refused by its header is never sent.
  server.on('checkContinue', listener)
  server.on('clientError', refuseNoise)
  server.listen(port, host)
  await once(server, 'listening')
  return { port: portOf(server), close: () => close(server, closeMs) }
}

/** What is no HTTP, or comes too slowly, gets a status and nothing else: what was sent is not repeated. */
function refuseNoise(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const status = statuses.get(error.code ?? '') ?? '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
}

const statuses: ReadonlyMap<string, string> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
])

async function close(server: Server, closeMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const rest = setTimeout(() => server.closeAllConnections(), closeMs)
  // A connection that is kept open for a next request would hold the end up.
  server.prependListener('request', (_, response) => response.setHeader('connection', 'close'))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  server.close(() => resolve())
  await promise
  clearTimeout(rest)
  clearInterval(idle)
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.')
  return address.port
}
