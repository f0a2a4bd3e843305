/** Bytes. A push of usual size fits into one. */
const blockBytes = 64 * 1024

/**
 * The memory in which bodies are held. Blocks are used again and never given back, so a flood grows it to its limit and
 * no further; buffers that the collector had to find would hold twice as much. A body that comes byte by byte takes no
 * more than one that comes at once.
 */
export class BlockPool {
  readonly #free: Buffer[] = []
  #left: number

  constructor(limitBytes: number) {
    this.#left = Math.floor(limitBytes / blockBytes)
  }

  /** Null where all are taken. */
  take(): Buffer | null {
    const free = this.#free.pop()
    if (free !== undefined) return free
    if (this.#left === 0) return null
    this.#left -= 1
    return Buffer.allocUnsafeSlow(blockBytes)
  }

  /** Whoever gives blocks back must not read them any more. */
  give(blocks: readonly Buffer[]): void {
    this.#free.push(...blocks)
  }
}
