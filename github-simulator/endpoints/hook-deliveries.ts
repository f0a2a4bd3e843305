import type { Answer } from '../answer.ts'
import { notFound } from '../answer.ts'
import type { Call } from '../call.ts'
import { timestamp } from '../world.ts'
import type { Endpoints } from './handler.ts'

/** What was sent to the App's hook, newest first, and the wish to send it again. */
export const hookDeliveryEndpoints = {
  'GET /app/hook/deliveries': listDeliveries,

  'POST /app/hook/deliveries/{delivery_id}/attempts': (call) => {
    const { deliveries } = call.world
    const delivery = deliveries.ofAttempt(call.number('delivery_id'))
    if (delivery === undefined) throw notFound()
    void deliveries.send(delivery, { isRedelivery: true })
    return { status: 202, body: {} }
  },
} satisfies Endpoints

function listDeliveries(call: Call): Answer {
  const { deliveries, origin } = call.world
  const status = call.option('status')
  const cursor = Number(call.option('cursor') ?? Number.MAX_SAFE_INTEGER)
  const size = Math.min(Number(call.option('per_page') ?? 30), 100)
  const attempts = deliveries.all
    .flatMap((delivery) => delivery.attempts.map((attempt) => ({ delivery, attempt })))
    .filter(({ attempt }) => attempt.id < cursor)
    .filter(({ attempt }) => status === undefined || (attempt.status === 'OK') === (status === 'success'))
    .toSorted((a, b) => b.attempt.id - a.attempt.id)
  const page = attempts.slice(0, size)
  const last = page.at(-1)
  const next = `<${origin}/api/v3/app/hook/deliveries?per_page=${size}&cursor=${last?.attempt.id}>; rel="next"`
  return {
    status: 200,
    ...(attempts.length > size ? { headers: { link: next } } : {}),
    body: page.map(({ delivery, attempt }) => ({
      id: attempt.id,
      guid: delivery.guid,
      delivered_at: timestamp(attempt.at),
      redelivery: attempt.isRedelivery,
      duration: attempt.durationMs / 1000,
      status: attempt.status,
      status_code: attempt.statusCode,
      event: delivery.event,
      action: delivery.action,
      installation_id: delivery.installationId,
      repository_id: delivery.repositoryId,
      throttled_at: null,
    })),
  }
}
