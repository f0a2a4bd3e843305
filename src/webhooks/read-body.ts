import type { IncomingMessage } from 'node:http'

import type { Proof } from '../ports/webhook.ts'
import type { BlockPool } from './block-pool.ts'
import { HeldBody } from './held-body.ts'
import type { Limits } from './limits.ts'
import type { Refusal } from './refusal.ts'

/** What a body is measured against while it arrives. */
export interface Measure {
  readonly proof: Proof
  readonly pool: BlockPool
  readonly limits: Limits
}

/**
 * Reads a body, and proves it on the way. Nothing of one that is not taken stays held; one that is counts until it is
 * released. `gone`: nobody is left to answer.
 */
export function readBody(request: IncomingMessage, measure: Measure): Promise<HeldBody | Refusal | 'gone'> {
  const { proof, pool, limits } = measure
  return new Promise((resolve) => {
    const body = new HeldBody(pool)
    const settle = (result: HeldBody | Refusal | 'gone') => {
      clearTimeout(timer)
      request.off('data', receive).off('end', finish).off('close', abandon)
      if (result !== body) body.release()
      resolve(result)
    }
    const receive = (chunk: Uint8Array) => {
      if (body.size + chunk.length > limits.bodyBytes) return settle('too-large')
      if (!body.append(chunk)) return settle('busy')
      proof.update(chunk)
    }
    const finish = () => settle(body)
    const abandon = () => settle('gone')
    const timer = setTimeout(() => settle('too-slow'), limits.bodyMs)
    request.on('data', receive).on('end', finish).on('close', abandon)
  })
}
