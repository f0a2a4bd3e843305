/** What a stranger can make us spend before the signature tells us who it is. */
export interface Limits {
  /** Of one body. GitHub sends at most 25 MB: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
  readonly bodyBytes: number
  /** Of all bodies that are held at once, over all connections. */
  readonly heldBytes: number
  /** For a body to arrive. GitHub gives up after 10 s. */
  readonly bodyMs: number
  /** For a delivery to be stored; half of what GitHub waits for an answer. */
  readonly storeMs: number
  /** For the readiness checks. */
  readonly readyMs: number
  /** How long the rest of a refused body is thrown away, so that its sender can read why; then the connection ends. */
  readonly lingerMs: number
}

export const limits: Limits = {
  bodyBytes: 25 * 1024 * 1024,
  heldBytes: 64 * 1024 * 1024,
  bodyMs: 10_000,
  storeMs: 5_000,
  readyMs: 5_000,
  lingerMs: 1_000,
}
