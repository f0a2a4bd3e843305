import { request } from 'node:http'

/** GitHub waits this long for an answer to a webhook. */
const timeoutMs = 10_000

/** Posts over a connection of its own; gives the status, or 0 if nobody answered in time. */
export function post(
  url: string,
  body: string,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolve) => {
    const options = { method: 'POST', agent: false, signal, timeout: timeoutMs } as const
    const sent = request(url, {
      ...options,
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
    })
    sent.on('response', (response) => {
      response.resume()
      response.on('error', () => resolve(0))
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('timeout', () => sent.destroy())
    // Whatever went wrong with the connection, GitHub records that nobody answered.
    sent.on('error', () => resolve(0))
    sent.on('close', () => resolve(0))
    sent.end(body)
  })
}
