import type { OutgoingHttpHeaders, RequestListener } from 'node:http'

import { type Answer, answer, type Exchange } from './answer.ts'
import { BlockPool } from './block-pool.ts'
import { type Limits, limits as usual } from './limits.ts'
import { type ReadinessCheck, readyAnswers } from './readiness.ts'
import { type Received, receiveDelivery, type Reception } from './receive-delivery.ts'
import { refusalLog } from './refusal-log.ts'
import { type Refusal, refusals } from './refusal.ts'

export interface FrontDoor extends Omit<Reception, 'limits' | 'pool'> {
  /** Where GitHub posts to: `/api/github/webhooks`. */
  readonly path: string
  readonly ready: ReadinessCheck
  /** Milliseconds that only grow; for the log of what was refused. */
  readonly now: () => number
  readonly limits?: Partial<Limits>
}

type Route = (exchange: Exchange) => Promise<void>
type Refuser = (exchange: Exchange, refusal: Refusal, headers?: OutgoingHttpHeaders) => void

/**
 * All that is reachable from outside. A delivery is acknowledged only after it is stored; its work begins afterwards.
 * Until the signature is proved the sender is a stranger: bounded bytes, bounded time, nothing of it in a log.
 */
export function frontDoor(door: FrontDoor): RequestListener {
  const refuse = refuser(door)
  const routes = routesOf(door, refuse)
  return (request, response) => {
    const exchange = { request, response }
    // A sender that hangs up is no error of ours; without a listener it would end the process.
    request.on('error', () => undefined)
    const [path = ''] = (request.url ?? '').split('?')
    const methods = routes.get(path)
    const route = methods?.get(request.method ?? '')
    if (methods === undefined) return refuse(exchange, 'not-found')
    if (route === undefined)
      return refuse(exchange, 'wrong-method', { allow: [...methods.keys()].join(', ') })
    route(exchange).catch((error: unknown) => {
      door.log.error({ err: error }, 'request failed')
      const failed = { status: 500, body: 'Something is wrong here; the log says what.\n' }
      if (!response.headersSent) answer(exchange, failed, limitsOf(door).lingerMs)
    })
  }
}

function routesOf(door: FrontDoor, refuse: Refuser): ReadonlyMap<string, ReadonlyMap<string, Route>> {
  const limits = limitsOf(door)
  const ready = readyAnswers(door.ready, { ms: limits.readyMs, log: door.log })
  const say = (exchange: Exchange, said: Answer) => answer(exchange, said, limits.lingerMs)
  const alive: Route = async (exchange) => say(exchange, { status: 200, body: 'alive\n' })
  const isReady: Route = async (exchange) => say(exchange, await ready())
  return new Map([
    [
      '/healthz',
      new Map([
        ['GET', alive],
        ['HEAD', alive],
      ]),
    ],
    [
      '/readyz',
      new Map([
        ['GET', isReady],
        ['HEAD', isReady],
      ]),
    ],
    [door.path, new Map([['POST', deliveryRoute(door, { say, refuse })]])],
  ])
}

function deliveryRoute(
  door: FrontDoor,
  { say, refuse }: { say: (exchange: Exchange, said: Answer) => void; refuse: Refuser },
): Route {
  const limits = limitsOf(door)
  const reception = { ...door, limits, pool: new BlockPool(limits.heldBytes) }
  return async (exchange) => {
    const received = await receiveDelivery(reception, exchange)
    if (received.kind === 'gone') return
    if (received.kind === 'refused') return refuse(exchange, received.refusal)
    say(exchange, answerTo(received))
    if (received.kind === 'stored') door.wake()
  }
}

function answerTo(received: Exclude<Received, { kind: 'gone' | 'refused' }>): Answer {
  switch (received.kind) {
    case 'stored':
      return { status: 202, body: 'stored\n' }
    case 'unreadable':
      return { status: 422, body: `${received.message}\n` }
    case 'not-stored':
      return { status: 503, body: 'The delivery could not be stored. Deliver it again.\n', headers: retry }
  }
}

const retry = { 'retry-after': '60' }

function refuser(door: FrontDoor): Refuser {
  const { lingerMs } = limitsOf(door)
  const count = refusalLog(door.log, door.now)
  return (exchange, refusal, headers = {}) => {
    count(refusal)
    const { status, message } = refusals[refusal]
    const more = status === 503 ? { ...retry, ...headers } : headers
    answer(exchange, { status, body: `${message}\n`, headers: more }, lingerMs)
  }
}

function limitsOf(door: FrontDoor): Limits {
  return { ...usual, ...door.limits }
}
