export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag'

export interface ObjectReply {
  readonly oid: string
  readonly type: ObjectType
  /** Bytes. */
  readonly size: number
  /** Only where contents were asked for. */
  readonly bytes: Buffer | null
}

const header = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/

/**
 * Cuts what `git cat-file --batch-command` prints into replies. Names that were asked for hold no line's end, so a line
 * is either a header or says that there is no such object. https://git-scm.com/docs/git-cat-file#_batch_output
 */
export class Replies {
  readonly #expect: { readonly hasBody: () => boolean; readonly reply: (reply: ObjectReply | null) => void }
  #chunks: Buffer[] = []
  #bytes = 0
  /** The header whose body is awaited. */
  #open: ObjectReply | null = null

  /** `hasBody` says whether the next reply is to one that asked for contents. Null is the reply of no such object. */
  constructor(expect: {
    readonly hasBody: () => boolean
    readonly reply: (reply: ObjectReply | null) => void
  }) {
    this.#expect = expect
  }

  /** Throws where it is no reply. */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    while (this.#open === null ? this.#line() : this.#body(this.#open));
  }

  #line(): boolean {
    // Chunks before the last were searched already: only one that completes a line leaves this loop.
    if (this.#chunks.at(-1)?.includes(10) !== true) return false
    const bytes = this.#join()
    const end = bytes.indexOf(10)
    const line = bytes.toString('utf8', 0, end)
    this.#keep(bytes.subarray(end + 1))
    const [, oid, type, size] = header.exec(line) ?? []
    if (oid === undefined || !isObjectType(type)) {
      if (!/ (?:missing|ambiguous)$/.test(line)) throw new Error('git cat-file printed what is no reply.')
      this.#expect.reply(null)
      return this.#bytes > 0
    }
    const reply = { oid, type, size: Number(size), bytes: null }
    if (this.#expect.hasBody()) this.#open = reply
    else this.#expect.reply(reply)
    return this.#bytes > 0
  }

  #body(open: ObjectReply): boolean {
    // A line's end follows the contents.
    if (this.#bytes < open.size + 1) return false
    const bytes = this.#join()
    this.#keep(bytes.subarray(open.size + 1))
    this.#open = null
    this.#expect.reply({ ...open, bytes: bytes.subarray(0, open.size) })
    return this.#bytes > 0
  }

  #join(): Buffer {
    return this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks)
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length === 0 ? [] : [rest]
    this.#bytes = rest.length
  }
}

function isObjectType(text: string | undefined): text is ObjectType {
  return text === 'blob' || text === 'tree' || text === 'commit' || text === 'tag'
}
