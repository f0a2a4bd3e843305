/** One path of a raw diff: its entry on each side that it is compared with, and its own. */
export interface RawChange {
  readonly before: readonly RawSide[]
  readonly after: RawSide
  readonly path: Buffer
}

export interface RawSide {
  /** Six octal digits; `000000` where there is no entry. */
  readonly mode: string
  readonly oid: string
}

/** Of which comparison the changes that follow are: a commit with its parents, or the two trees that were named. */
export type RawHeading = { readonly kind: 'commit'; readonly oid: string } | { readonly kind: 'trees' }

/**
 * Cuts what `git diff-tree --stdin --raw -z -c` prints. A heading is an id and NUL for a commit, two ids and a newline
 * for two trees; a change is `:` for each side, modes, ids and status, NUL, path, NUL.
 * https://git-scm.com/docs/git-diff-tree#_raw_output_format
 */
export class RawDiff {
  readonly #on: {
    readonly heading: (heading: RawHeading) => void
    readonly change: (change: RawChange) => void
  }
  #rest: Buffer = Buffer.alloc(0)

  constructor(on: {
    readonly heading: (heading: RawHeading) => void
    readonly change: (change: RawChange) => void
  }) {
    this.#on = on
  }

  /** Throws where it is no raw diff. */
  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    for (let next = this.#next(bytes, at); next > at; next = this.#next(bytes, at)) at = next
    this.#rest = bytes.subarray(at)
  }

  /** Throws where something was cut. */
  end(): void {
    if (this.#rest.length > 0) throw new Error('git diff-tree stopped in the middle.')
  }

  /** Where the item at `at` ends; `at` where it is not whole yet. */
  #next(bytes: Buffer, at: number): number {
    if (at >= bytes.length) return at
    return bytes[at] === 0x3a ? this.#change(bytes, at) : this.#heading(bytes, at)
  }

  #change(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(0, at)
    const pathEnd = end === -1 ? -1 : bytes.indexOf(0, end + 1)
    if (pathEnd === -1) return at
    const meta = bytes.toString('latin1', at, end)
    const count = meta.search(/[^:]/)
    const fields = meta.slice(count).split(' ')
    const sides = Array.from({ length: count + 1 }, (_, index) => ({
      mode: fields[index] ?? '',
      oid: fields[index + count + 1] ?? '',
    }))
    const after = sides.pop()
    if (after === undefined || fields.length !== 2 * count + 3 || ![...sides, after].every(isSide))
      throw new Error('git diff-tree printed what is no change.')
    this.#on.change({ before: sides, after, path: Buffer.from(bytes.subarray(end + 1, pathEnd)) })
    return pathEnd + 1
  }

  #heading(bytes: Buffer, at: number): number {
    if (bytes.length < at + 41) return at
    const isCommit = bytes[at + 40] === 0
    const length = isCommit ? 41 : 82
    if (bytes.length < at + length) return at
    const heading = bytes.toString('latin1', at, at + length)
    if (!/^[0-9a-f]{40}(?:\0| [0-9a-f]{40}\n)$/.test(heading))
      throw new Error('git diff-tree printed what is no heading.')
    this.#on.heading(isCommit ? { kind: 'commit', oid: heading.slice(0, 40) } : { kind: 'trees' })
    return at + length
  }
}

function isSide({ mode, oid }: RawSide): boolean {
  return /^[0-7]{6}$/.test(mode) && /^[0-9a-f]{40}$/.test(oid)
}
