import { createHash } from 'node:crypto'

import type { Answer } from './answer.ts'
import { Refusal } from './answer.ts'
import type { Caller } from './authentication.ts'
import { authenticate } from './authentication.ts'
import { authorize } from './authorization.ts'
import { Call } from './call.ts'
import { endpoints } from './endpoints/index.ts'
import type { OperationName } from './operations.ts'
import { paginated } from './pagination.ts'
import type { Quota } from './quota.ts'
import type { Route, Router } from './router.ts'
import type { Description } from './validation.ts'
import { fullName } from './views/repository.ts'
import type { Violation, World } from './world.ts'

/** A request of the REST API as it came in. */
export interface RestRequest {
  readonly method: string
  /** Absolute, with `/api/v3`. */
  readonly url: URL
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** What is sent back, and what the log says about it. */
export interface RestAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
  readonly route: string
  readonly caller: Caller | null
  readonly costsQuota: boolean
}

export interface RestParts {
  readonly world: World
  readonly description: Description
  readonly router: Router
  readonly quota: Quota
  /** Asked before each answer; what it gives is answered instead. The one place for faults on demand. */
  readonly fault: (about: { operation: OperationName; caller: Caller; url: URL }) => Answer | null
}

const prefix = '/api/v3'

/** Answers one request of the REST API. */
export async function answerRest(parts: RestParts, request: RestRequest): Promise<RestAnswer> {
  const { world, router, quota } = parts
  const { pathname } = request.url
  const path = pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname
  const moved = movedTo(world, request.url)
  if (moved !== null)
    return finished({ status: 301, body: movedBody(moved), headers: { location: moved } }, 'moved')
  const route = router(request.method, withRepositoryName(world, path))
  if (route === null) return unknownOperation(world, `${request.method} ${path}`)

  const template = route.name.slice(route.name.indexOf(' ') + 1)
  let caller: Caller | null = null
  let answer: Answer
  try {
    caller = authenticate(world, request.headers['authorization'])
    refuseExhausted(quota, caller)
    answer =
      parts.fault({ operation: route.name, caller, url: request.url }) ??
      (await called(parts, request, route, caller))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    answer = error.answer
  }
  return judged(parts, request, { route, template, caller, answer })
}

async function called(parts: RestParts, request: RestRequest, route: Route, caller: Caller): Promise<Answer> {
  const { world, description } = parts
  authorize(world, route.name, caller)
  const { values, problems } = description.readParameters(route.name, route.path, request.url.searchParams)
  const body = parsed(request.body)
  const wrong = [...problems, description.bodyProblem(route.name, body)].filter((problem) => problem !== null)
  if (wrong.length > 0)
    return violated(world, { kind: 'request', operation: route.name, message: wrong.join('; ') })

  const accept = request.headers['accept'] ?? ''
  const result = await endpoints[route.name](new Call(world, caller, { values, body, accept }))
  return 'items' in result ? paginated(result, request.url) : result
}

function judged(
  parts: RestParts,
  request: RestRequest,
  about: { route: Route; template: string; caller: Caller | null; answer: Answer },
): RestAnswer {
  const { world, description, quota } = parts
  const { route, template, caller } = about
  const problem = about.answer.status === 500 ? null : description.answerProblem(route.name, about.answer)
  const answer =
    problem === null
      ? about.answer
      : violated(world, { kind: 'answer', operation: route.name, message: problem })
  const sent = finished(answer, template)
  const etag = `W/"${createHash('sha256').update(sent.body).digest('hex')}"`
  const isConditional = request.method === 'GET' && answer.status === 200
  const isSame = isConditional && request.headers['if-none-match'] === etag
  const costsQuota = caller !== null && !isSame && !isRefusedForQuota(answer)
  if (caller !== null && costsQuota) quota.spend(caller)
  const headers = {
    ...sent.headers,
    ...(isConditional ? { etag, 'cache-control': 'private, max-age=60, s-maxage=60' } : {}),
    ...(caller === null ? {} : quota.headers(caller)),
  }
  if (isSame) return { ...sent, status: 304, headers, body: '', caller, costsQuota }
  return { ...sent, headers, caller, costsQuota }
}

function finished(answer: Answer, route: string): RestAnswer {
  const isRaw = Buffer.isBuffer(answer.body)
  const type = isRaw ? (answer.mediaType ?? 'application/octet-stream') : 'application/json; charset=utf-8'
  const body = Buffer.isBuffer(answer.body)
    ? answer.body
    : answer.body === null
      ? ''
      : JSON.stringify(answer.body)
  const headers = { 'content-type': type, ...answer.headers }
  return { status: answer.status, headers, body, route, caller: null, costsQuota: false }
}

function unknownOperation(world: World, operation: string): RestAnswer {
  const message = 'no such operation is served: add it to operations.ts and run tools/cut-openapi.ts'
  return finished(violated(world, { kind: 'unknown-operation', operation, message }), 'unknown')
}

/** A mistake of the App's or of ours: recorded, so that a test fails, and answered as no success could be. */
function violated(world: World, violation: Violation): Answer {
  world.violations.push(violation)
  const message = `github-simulator: ${violation.kind} of ${violation.operation}: ${violation.message}`
  return { status: 500, body: { message } }
}

function parsed(body: Buffer): unknown {
  if (body.length === 0) return undefined
  try {
    const value: unknown = JSON.parse(body.toString())
    return value
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal(400, 'Problems parsing JSON')
    throw error
  }
}

function refuseExhausted(quota: Quota, caller: Caller): void {
  if (quota.hasLeft(caller)) return
  const whose = caller.kind === 'installation' ? `installation ID ${caller.installation.id}` : 'user'
  throw new Refusal(403, `${exhausted} for ${whose}.`)
}

const exhausted = 'API rate limit exceeded'

function isRefusedForQuota({ body }: Answer): boolean {
  return (
    typeof body === 'object' &&
    body !== null &&
    'message' in body &&
    String(body.message).startsWith(exhausted)
  )
}

/** `/repositories/ID/…` is where GitHub sends whoever uses a former name. */
function withRepositoryName(world: World, path: string): string {
  const [, id, rest = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? []
  const repository = id === undefined ? undefined : world.state.repositories.get(Number(id))
  return repository === undefined ? path : `/repos/${fullName(repository)}${rest}`
}

/** The address under which a renamed or transferred repository is now; null if the name is not a former one. */
function movedTo(world: World, url: URL): string | null {
  const [, name = '', rest = ''] = /^\/api\/v3\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(url.pathname) ?? []
  const id = world.state.names.get(name.toLowerCase())
  const repository = id === undefined ? undefined : world.state.repositories.get(id)
  if (repository === undefined || repository.isDeleted) return null
  if (fullName(repository).toLowerCase() === name.toLowerCase()) return null
  return `${world.origin}${prefix}/repositories/${repository.id}${rest}${url.search}`
}

function movedBody(url: string): object {
  return { message: 'Moved Permanently', url, documentation_url: 'https://docs.github.com/rest' }
}
