import type { OutgoingHttpHeaders, RequestListener } from 'node:http'

import type { Manifest } from './read-manifest.ts'
import { setupStyle } from './setup-style.ts'
import { type Setup, setupText } from './setup-text.ts'

/**
 * What the server answers while it has no credentials: the page at `/` and `/setup`, that it is alive, and that it is not
 * ready. The page has no script, so that its policy can forbid all of them.
 */
export async function setupPages(setup: Setup, manifest: Manifest): Promise<RequestListener> {
  const page: Page = { type: 'text/html', body: await setupText(setup, manifest), status: 200 }
  const pages: ReadonlyMap<string, Page> = new Map([
    ['/', page],
    ['/setup', page],
    ['/setup.css', { type: 'text/css', body: setupStyle, status: 200 }],
    ['/healthz', { type: 'text/plain', body: 'alive\n', status: 200 }],
    ['/readyz', { type: 'application/json', body: notReady, status: 503 }],
  ])
  return (request, response) => {
    request.on('error', () => undefined)
    const { method = '', url = '' } = request
    const isRead = method === 'GET' || method === 'HEAD'
    const { status, type, body } = isRead ? (pages.get(url.split('?')[0] ?? '') ?? nothing) : refused
    const more = isRead ? {} : { allow: 'GET, HEAD', connection: 'close' }
    const length = Buffer.byteLength(body)
    const about = { 'content-type': `${type}; charset=utf-8`, 'content-length': length }
    response.writeHead(status, { ...securityHeaders, ...about, ...more })
    response.end(method === 'HEAD' ? undefined : body)
  }
}

interface Page {
  readonly status: number
  readonly type: string
  readonly body: string
}

const nothing: Page = {
  status: 404,
  type: 'text/plain',
  body: 'There is nothing here. The setup is at /setup.\n',
}

/** A webhook, too: without the secret nothing could be proved. */
const refused: Page = { status: 405, type: 'text/plain', body: 'Portcullis is not set up; see /setup.\n' }

const notReady = `${JSON.stringify({
  ready: false,
  items: [{ name: 'credentials', ready: false, message: 'The App has no credentials yet; see /setup.' }],
})}\n`

const contentPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
]

/** https://owasp.org/www-project-secure-headers/ */
const securityHeaders: OutgoingHttpHeaders = {
  'content-security-policy': contentPolicy.join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}
