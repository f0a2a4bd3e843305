import type { IncomingMessage } from 'node:http'

import type { Refusal } from './refusal.ts'

/** What the headers of a delivery say. The sender is a stranger until the body has proved the signature. */
export interface DeliveryHeaders {
  readonly event: string
  readonly guid: string
  readonly signature: string
}

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers */
export function readHeaders(
  request: IncomingMessage,
  { bodyBytes }: { readonly bodyBytes: number },
): DeliveryHeaders | Refusal {
  if (!isJson(request)) return 'wrong-type'
  const event = single(request, 'x-github-event')
  const guid = single(request, 'x-github-delivery')
  const signature = single(request, 'x-hub-signature-256')
  if (event === null || guid === null || signature === null) return 'bad-headers'
  if (!/^[a-z_]{1,64}$/.test(event) || !/^[0-9a-zA-Z-]{1,64}$/.test(guid)) return 'bad-headers'
  const length = request.headers['content-length']
  if (length !== undefined && Number(length) > bodyBytes) return 'too-large'
  return { event, guid, signature }
}

function isJson(request: IncomingMessage): boolean {
  const type = single(request, 'content-type')
  const encoding = request.headers['content-encoding'] ?? 'identity'
  return type !== null && /^application\/json\s*(?:;|$)/i.test(type) && encoding === 'identity'
}

/** Node joins a header that comes twice, or drops one of the two: neither is what a proxy before us may have read. */
function single(request: IncomingMessage, name: string): string | null {
  const values = request.headersDistinct[name]
  return values?.length === 1 ? (values[0] ?? null) : null
}
