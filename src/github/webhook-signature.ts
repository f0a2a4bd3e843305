import { createHmac, timingSafeEqual } from 'node:crypto'

import type { Proof, Verifier } from '../ports/webhook.ts'
import type { Redacted } from '../std/redacted.ts'

/**
 * HMAC-SHA-256 over the raw bytes, by any of the secrets: two of them while one is exchanged for the next.
 * https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function webhookVerifier(secrets: readonly [Redacted, ...Redacted[]]): Verifier {
  return { begin: () => proof(secrets) }
}

function proof(secrets: readonly Redacted[]): Proof {
  const hmacs = secrets.map((secret) => createHmac('sha256', secret.expose()))
  return {
    update(bytes) {
      for (const hmac of hmacs) hmac.update(bytes)
    },
    holds(signature) {
      const digests = hmacs.map((hmac) => hmac.digest())
      const hex = /^sha256=([0-9a-f]{64})$/.exec(signature)?.[1]
      if (hex === undefined) return false
      const given = Buffer.from(hex, 'hex')
      // Each is compared, so that the time does not tell which secret it was.
      return digests.map((digest) => timingSafeEqual(digest, given)).includes(true)
    },
  }
}
