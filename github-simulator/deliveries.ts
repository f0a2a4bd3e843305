import { createHmac, randomUUID } from 'node:crypto'

import type { Changes } from './changes.ts'
import { post } from './post.ts'

/** One webhook delivery. Its GUID stays the same however often it is sent. */
export interface Delivery {
  readonly guid: string
  readonly event: string
  readonly action: string | null
  readonly installationId: number
  readonly repositoryId: number | null
  /** Exactly what is signed and sent. */
  readonly body: string
  readonly createdAt: Date
  state: 'held' | 'dropped' | 'unsent' | 'sending' | 'answered' | 'failed'
  readonly attempts: Attempt[]
}

export interface Attempt {
  readonly id: number
  readonly isRedelivery: boolean
  readonly at: Date
  /** 0 if there was no answer. */
  readonly statusCode: number
  readonly status: string
  readonly durationMs: number
}

export interface DeliverySettings {
  readonly appId: number
  readonly webhookSecret: string
  readonly clock: () => Date
  readonly changes: Changes
  readonly nextId: () => number
}

export interface NewDelivery {
  readonly event: string
  readonly action: string | null
  readonly installationId: number
  readonly repositoryId: number | null
  readonly payload: object
}

/** Sends webhooks as GitHub does, unless a test takes them into its own hands. An action never waits for its delivery. */
export class Deliveries {
  /** Every delivery there was, oldest first. */
  readonly all: Delivery[] = []
  /** Where the App listens; null while it does not, then a delivery stays `unsent`, as at GitHub without a URL. */
  url: string | null = null
  /** GitHub's number of the App's one hook. */
  readonly hookId: number
  readonly #settings: DeliverySettings
  readonly #abort = new AbortController()
  readonly #flying = new Set<Promise<Attempt>>()
  #isHolding = false

  constructor(settings: DeliverySettings) {
    this.#settings = settings
    this.hookId = settings.nextId()
  }

  /** From now on deliveries wait for `release`, in which a test may reorder, repeat and leave out. */
  hold(): void {
    this.#isHolding = true
  }

  get held(): Delivery[] {
    return this.all.filter(({ state }) => state === 'held')
  }

  /** Sends these, one after the other, each when the one before is answered. A delivery may be named twice. */
  async release(deliveries: readonly Delivery[] = this.held): Promise<void> {
    for (const delivery of deliveries) await this.send(delivery)
  }

  /** Ends `hold`, and sends what was held. */
  async resume(): Promise<void> {
    this.#isHolding = false
    await this.release()
  }

  /** It never reaches the App, which GitHub does not notice. A redelivery is still possible. */
  drop(delivery: Delivery): void {
    delivery.state = 'dropped'
  }

  /** Sends one, also again: with the same GUID, as a duplicate or a redelivery has it. */
  async send(delivery: Delivery, { isRedelivery = false } = {}): Promise<Attempt> {
    const flight = this.#attempt(delivery, isRedelivery)
    this.#flying.add(flight)
    try {
      return await flight
    } finally {
      this.#flying.delete(flight)
      this.#settings.changes.notify()
    }
  }

  /** Resolves when no delivery is on its way, those that were caused meanwhile included. */
  async settled(): Promise<void> {
    while (this.#flying.size > 0) await Promise.all(this.#flying)
  }

  /** The delivery of which an attempt has this id. */
  ofAttempt(id: number): Delivery | undefined {
    return this.all.find(({ attempts }) => attempts.some((attempt) => attempt.id === id))
  }

  /** Called by what happens in the simulator. */
  emit({ payload, ...about }: NewDelivery): Delivery {
    const delivery: Delivery = {
      ...about,
      guid: randomUUID(),
      body: JSON.stringify(payload),
      createdAt: this.#settings.clock(),
      state: this.#isHolding ? 'held' : 'unsent',
      attempts: [],
    }
    this.all.push(delivery)
    if (!this.#isHolding && this.url !== null) void this.send(delivery)
    return delivery
  }

  async close(): Promise<void> {
    this.url = null
    this.#abort.abort()
    await this.settled()
  }

  async #attempt(delivery: Delivery, isRedelivery: boolean): Promise<Attempt> {
    const { clock, nextId } = this.#settings
    const [at, started] = [clock(), performance.now()]
    delivery.state = 'sending'
    const statusCode = this.url === null ? 0 : await this.#post(this.url, delivery)
    const isAnswered = statusCode >= 200 && statusCode < 300
    delivery.state = isAnswered ? 'answered' : 'failed'
    const status =
      statusCode === 0 ? 'failed to connect to host' : isAnswered ? 'OK' : 'Invalid HTTP Response'
    const durationMs = performance.now() - started
    const attempt = { id: nextId(), isRedelivery, at, statusCode, status, durationMs }
    delivery.attempts.push(attempt)
    return attempt
  }

  async #post(url: string, delivery: Delivery): Promise<number> {
    const { appId, webhookSecret } = this.#settings
    const digest = createHmac('sha256', webhookSecret).update(delivery.body).digest('hex')
    return post(url, delivery.body, this.#abort.signal, {
      'Content-Type': 'application/json',
      'User-Agent': 'GitHub-Hookshot/simulated',
      Accept: '*/*',
      'X-GitHub-Delivery': delivery.guid,
      'X-GitHub-Event': delivery.event,
      'X-GitHub-Hook-ID': String(this.hookId),
      'X-GitHub-Hook-Installation-Target-ID': String(appId),
      'X-GitHub-Hook-Installation-Target-Type': 'integration',
      'X-Hub-Signature-256': `sha256=${digest}`,
    })
  }
}
