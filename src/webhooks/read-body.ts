import type { IncomingMessage } from 'node:http'

import type { Proof } from '../ports/webhook.ts'
import type { HeldBytes } from './held-bytes.ts'
import type { Limits } from './limits.ts'
import type { Refusal } from './refusal.ts'

/** A body that arrived whole. It counts as held until it is released. */
export interface Body {
  readonly chunks: readonly Uint8Array[]
  release(): void
}

/** What a body is measured against while it arrives. */
export interface Measure {
  readonly proof: Proof
  readonly held: HeldBytes
  readonly limits: Limits
}

/** What a chunk costs beside its bytes: a body that comes byte by byte would take the memory of a hundred. */
const chunkBytes = 512

/** Reads a body, and proves it on the way. Nothing of one that is not taken stays held. `gone`: nobody is left to answer. */
export function readBody(request: IncomingMessage, measure: Measure): Promise<Body | Refusal | 'gone'> {
  const { proof, held, limits } = measure
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let [size, taken] = [0, 0]
    const release = () => {
      held.give(taken)
      taken = 0
    }
    const settle = (result: Body | Refusal | 'gone') => {
      clearTimeout(timer)
      request.off('data', receive).off('end', finish).off('close', abandon)
      if (typeof result === 'string') release()
      resolve(result)
    }
    const receive = (chunk: Uint8Array) => {
      if (size + chunk.length > limits.bodyBytes) return settle('too-large')
      const cost = chunk.length + chunkBytes
      if (!held.take(cost)) return settle('busy')
      size += chunk.length
      taken += cost
      chunks.push(chunk)
      proof.update(chunk)
    }
    const finish = () => settle({ chunks, release })
    const abandon = () => settle('gone')
    const timer = setTimeout(() => settle('too-slow'), limits.bodyMs)
    request.on('data', receive).on('end', finish).on('close', abandon)
  })
}
