import type { BlockPool } from './block-pool.ts'

/** One body while it is held. */
export class HeldBody {
  readonly #pool: BlockPool
  #blocks: Buffer[] = []
  /** Of the last block. */
  #used = 0
  #size = 0

  constructor(pool: BlockPool) {
    this.#pool = pool
  }

  /** Bytes. */
  get size(): number {
    return this.#size
  }

  /** False where the pool has no more room; then the body is of no use. */
  append(chunk: Uint8Array): boolean {
    for (let at = 0; at < chunk.length;) {
      const block = this.#room()
      if (block === null) return false
      const part = chunk.subarray(at, at + block.length - this.#used)
      block.set(part, this.#used)
      this.#used += part.length
      at += part.length
    }
    this.#size += chunk.length
    return true
  }

  /** Copied out, so that it may outlive the blocks. */
  text(): string {
    return Buffer.concat(this.#blocks, this.#size).toString()
  }

  /** Gives the memory back. May be called twice. */
  release(): void {
    this.#pool.give(this.#blocks)
    this.#blocks = []
  }

  #room(): Buffer | null {
    const last = this.#blocks.at(-1)
    if (last !== undefined && this.#used < last.length) return last
    const block = this.#pool.take()
    if (block === null) return null
    this.#blocks.push(block)
    this.#used = 0
    return block
  }
}
