import type { Deliveries, KeyedJob, StoredDelivery } from '../ports/delivery.ts'
import type { Log } from '../ports/log.ts'
import {
  type Delivery,
  type DeliveryReader,
  type ReadDelivery,
  UnreadableDelivery,
  type Verifier,
} from '../ports/webhook.ts'
import type { Exchange } from './answer.ts'
import type { BlockPool } from './block-pool.ts'
import type { HeldBody } from './held-body.ts'
import { inTime } from './in-time.ts'
import type { CommandParser } from './issue-comment.ts'
import type { Limits } from './limits.ts'
import { nameJobs } from './name-jobs.ts'
import { readBody } from './read-body.ts'
import { type DeliveryHeaders, readHeaders } from './read-headers.ts'
import type { Refusal } from './refusal.ts'

export interface Reception {
  readonly verifier: Verifier
  readonly read: DeliveryReader
  readonly parseCommand: CommandParser
  /** Of the gate that knows what a secret is, handed in. */
  readonly holdsSecret: (text: string) => boolean
  readonly deliveries: Pick<Deliveries, 'insert'>
  /** Called when a delivery is stored and acknowledged: jobs can be made of it. */
  readonly wake: () => void
  readonly log: Log
  readonly limits: Limits
  readonly pool: BlockPool
}

/** Only `stored` is acknowledged. */
export type Received =
  | { readonly kind: 'stored' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'not-stored' }
  /** The sender hung up: nobody is left to answer. */
  | { readonly kind: 'gone' }

/** Takes a delivery in: headers, body, signature, JSON, what it is about, and one INSERT. */
export async function receiveDelivery(reception: Reception, exchange: Exchange): Promise<Received> {
  const { request, response } = exchange
  const headers = readHeaders(request, reception.limits)
  if (typeof headers === 'string') return { kind: 'refused', refusal: headers }
  if (request.headers.expect !== undefined) response.writeContinue()
  const proof = reception.verifier.begin()
  const body = await readBody(request, { ...reception, proof })
  if (body === 'gone') return { kind: 'gone' }
  if (typeof body === 'string') return { kind: 'refused', refusal: body }
  try {
    if (!proof.holds(headers.signature)) return { kind: 'refused', refusal: 'wrong-signature' }
    return await takeProved(reception, headers, body)
  } finally {
    body.release()
  }
}

/** From here on it is GitHub that speaks. */
async function takeProved(reception: Reception, headers: DeliveryHeaders, body: HeldBody): Promise<Received> {
  const { event, guid } = headers
  const payload = parseJson(body)
  if (payload === undefined) return { kind: 'refused', refusal: 'no-json' }
  const read = readPayload(reception, headers, payload)
  if (read instanceof UnreadableDelivery) return { kind: 'unreadable', message: read.message }
  const { delivery, ...about } = read
  const jobs = delivery === null ? [] : jobsOf(reception, delivery)
  return store(reception, { guid, event, ...about, jobs })
}

/**
 * None for a push to a branch whose name holds a secret: a job would keep the name. No such branch can be guarded; the
 * secret is found in the pull request that comes from it, which is known by its number.
 */
function jobsOf({ parseCommand, holdsSecret }: Reception, delivery: Delivery): KeyedJob[] {
  if (delivery.kind === 'push' && holdsSecret(delivery.ref)) return []
  return nameJobs(delivery, parseCommand)
}

/** Undefined where it is no JSON: the parser's own message quotes the text. */
function parseJson(body: HeldBody): unknown {
  try {
    return JSON.parse(body.text())
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** An event that GitHub changed must show as failed in its list of deliveries, and someone must act. */
function readPayload(
  { read, log }: Reception,
  { event, guid }: DeliveryHeaders,
  payload: unknown,
): ReadDelivery | UnreadableDelivery {
  try {
    return read(event, payload)
  } catch (error) {
    if (!(error instanceof UnreadableDelivery)) throw error
    log.error({ delivery: guid, event, fields: error.fields }, 'delivery unreadable')
    return error
  }
}

/**
 * A delivery that is known already is one that GitHub sent again: that is as good as stored. One that was stored too late
 * was answered as failed; its jobs are made all the same, and GitHub's second attempt is then known.
 */
async function store(
  { deliveries, wake, log, limits }: Reception,
  delivery: StoredDelivery,
): Promise<Received> {
  const line = log.child({ delivery: delivery.guid, event: delivery.event })
  const storing = stored(deliveries, delivery, line)
  const outcome = await inTime(limits.storeMs, storing)
  if (outcome === 'late') {
    line.error({ ms: limits.storeMs }, 'delivery not stored in time')
    void storing.then((isStored) => isStored && wake())
  }
  if (outcome !== true) return { kind: 'not-stored' }
  line.debug({ action: delivery.action, jobs: names(delivery.jobs) }, 'delivery stored')
  return { kind: 'stored' }
}

/** False where the database failed: whatever it says, the delivery is not acknowledged, and GitHub can send it again. */
async function stored(
  deliveries: Reception['deliveries'],
  delivery: StoredDelivery,
  log: Log,
): Promise<boolean> {
  try {
    await deliveries.insert(delivery)
    return true
  } catch (error) {
    log.error({ err: error }, 'delivery not stored')
    return false
  }
}

function names(jobs: readonly KeyedJob[]): string[] {
  return jobs.map(({ job }) => job.name)
}
