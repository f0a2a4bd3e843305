import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'

import { Refusal } from './answer.ts'
import { authorizeGit, readGitPath, serveGit } from './git-http.ts'
import type { LoggedRequest } from './request-log.ts'
import type { RestParts } from './rest.ts'
import { answerRest } from './rest.ts'
import { repositoryPage } from './views/repository.ts'

export interface ServerParts extends RestParts {
  readonly log: (request: LoggedRequest) => void
}

/** Listens on a free port of the loopback interface. `parts` is asked for late, because they need to know the port. */
export async function listen(parts: () => ServerParts): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    answer(parts(), request, response).catch((error: unknown) => {
      // Whoever asked went away, as an App that was killed does: nobody is left to answer.
      if (request.destroyed && !request.complete) return
      // A bug of the simulator: the request fails loudly, and so does the test that looks at the violations.
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      parts().world.violations.push({ kind: 'answer', operation: request.url ?? '', message })
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ message: `github-simulator: ${message}` }))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { server, origin: `http://127.0.0.1:${address.port}` }
}

async function answer(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const startedMs = performance.now()
  const url = new URL(request.url ?? '/', parts.world.origin)
  response.setHeader('X-GitHub-Request-Id', randomBytes(10).toString('hex').toUpperCase())
  const git = readGitPath(url.pathname)
  const isRest = url.pathname.startsWith('/api/v3/')
  const handled =
    git !== null && !isRest
      ? await answerGit(parts, request, response)
      : await answerApi(parts, request, response, url)
  parts.log({
    ...handled,
    method: request.method ?? '',
    path: url.pathname,
    startedMs,
    endedMs: performance.now(),
  })
  parts.world.changes.notify()
}

type Handled = Pick<LoggedRequest, 'kind' | 'route' | 'status' | 'installation' | 'costsQuota'>

async function answerApi(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<Handled> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const { authorization, accept } = request.headers
  const headers = { authorization, accept, 'if-none-match': request.headers['if-none-match'] }
  const method = request.method ?? 'GET'
  const {
    status,
    headers: sent,
    body,
    route,
    caller,
    costsQuota,
  } = await answerRest(parts, {
    method,
    url,
    headers,
    body: Buffer.concat(chunks),
  })
  response.writeHead(status, sent)
  response.end(body)
  const installation = caller?.kind === 'installation' ? caller.installation.id : null
  return { kind: 'rest', route, status, installation, costsQuota }
}

async function answerGit(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Handled> {
  const { world } = parts
  const { pathname, search } = new URL(request.url ?? '/', world.origin)
  const wanted = readGitPath(pathname) ?? { fullName: '', rest: '' }
  const handled = { kind: 'git', route: `/{owner}/{repo}.git${wanted.rest}`, costsQuota: false } as const
  try {
    const { repository, installation } = authorizeGit(world, request, wanted)
    const page = repositoryPage(world, repository)
    if (page.toLowerCase() !== `${world.origin}/${wanted.fullName}`.toLowerCase()) {
      response.writeHead(301, { location: `${page}.git${wanted.rest}${search}` }).end()
      return { ...handled, status: 301, installation }
    }
    return { ...handled, status: await serveGit(request, response, repository, wanted.rest), installation }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { status } = error.answer
    request.resume()
    response
      .writeHead(status, status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {})
      .end(error.message)
    return { ...handled, status, installation: null }
  }
}
