import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** One request, and where its answer goes. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

export interface Answer {
  readonly status: number
  readonly body: string
  readonly headers?: OutgoingHttpHeaders
}

/**
 * Answers. Where the body is not read to its end, the rest is thrown away for a moment: a connection that is closed at
 * once takes the answer with it. Whoever goes on sending is cut off.
 */
export function answer(
  { request, response }: Exchange,
  { status, body, headers }: Answer,
  lingerMs: number,
): void {
  const isWhole = request.complete
  const isKept = response.shouldKeepAlive
  // Node closes at once otherwise, where the sender asked for that.
  if (!isWhole) response.shouldKeepAlive = true
  const type = { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, {
    ...type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
  if (isWhole) return
  const { socket } = request
  const cut = setTimeout(() => socket.destroy(), lingerMs)
  const done = () => clearTimeout(cut)
  socket.once('close', done)
  request.once('end', () => {
    done()
    socket.off('close', done)
    if (!isKept) socket.end()
  })
  request.resume()
}
