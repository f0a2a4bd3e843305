/** Turns offsets of bytes into lines and columns, and back. Lines and columns count from 1, columns in UTF-16 code units. */
export class BytePlaces {
  readonly #bytes: Buffer
  readonly #starts: readonly number[]
  /** The last answer: the next offset of the same line goes on from here, so that a long line is read once. */
  #cursor = { line: 0, offset: 0, column: 1 }

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const starts = [0]
    for (let at = this.#bytes.indexOf(0x0a); at !== -1; at = this.#bytes.indexOf(0x0a, at + 1))
      starts.push(at + 1)
    this.#starts = starts
  }

  /** Cheap for offsets that grow. */
  at(offset: number): { line: number; column: number } {
    const line = this.#lineOf(offset)
    const start = this.#startOf(line)
    const isOnward = this.#cursor.line === line && this.#cursor.offset <= offset
    const from = isOnward ? this.#cursor : { offset: start, column: 1 }
    const column = from.column + this.#bytes.toString('utf8', from.offset, offset).length
    this.#cursor = { line, offset, column }
    return { line, column }
  }

  offsetOf(line: number, column: number): number {
    const start = this.#startOf(line)
    const next = this.#starts[line] ?? this.#bytes.length
    const before = this.#bytes.toString('utf8', start, next).slice(0, column - 1)
    return start + Buffer.byteLength(before)
  }

  #lineOf(offset: number): number {
    let [low, high] = [0, this.#starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }

  #startOf(line: number): number {
    return this.#starts[line - 1] ?? 0
  }
}
