/** Called for each keyword at each place: its index, and the offset of its first byte. */
export type OnKeyword = (keyword: number, start: number) => void

/**
 * Finds many keywords in one pass, in any case (Aho and Corasick, 1975, as a complete automaton): one table look-up a
 * byte, whatever the bytes are. Bytes in no keyword share one column, which keeps the table in the cache.
 */
export class Keywords {
  readonly #lengths: readonly number[]
  readonly #classes = new Uint8Array(256)
  readonly #width: number
  /** Row of a state and class of a byte -> row of the next state. */
  #table: Int32Array
  /** Keywords that end in a state, by row. */
  readonly #ends = new Map<number, readonly number[]>()
  /** Rows from here on are states in which a keyword ends. */
  #firstEnd = 0

  /** Lower-case ASCII. */
  constructor(keywords: readonly string[]) {
    this.#lengths = keywords.map((keyword) => keyword.length)
    this.#width = this.#classify(keywords)
    this.#table = new Int32Array(0)
    this.#build(keywords)
  }

  each(bytes: Uint8Array, visit: OnKeyword): void {
    const [table, classes, firstEnd] = [this.#table, this.#classes, this.#firstEnd]
    let row = 0
    for (let index = 0; index < bytes.length; index++) {
      row = table[row + (classes[bytes[index] ?? 0] ?? 0)] ?? 0
      if (row >= firstEnd) this.#visit(row, index + 1, visit)
    }
  }

  #visit(row: number, end: number, visit: OnKeyword): void {
    for (const keyword of this.#ends.get(row) ?? []) visit(keyword, end - (this.#lengths[keyword] ?? 0))
  }

  #classify(keywords: readonly string[]): number {
    let count = 1
    for (const character of new Set(keywords.join(''))) {
      const code = character.charCodeAt(0)
      this.#classes[code] = count
      if (character >= 'a' && character <= 'z') this.#classes[code - 32] = count
      count++
    }
    return count
  }

  #build(keywords: readonly string[]): void {
    const { children, ends } = trieOf(keywords)
    const fails = linkFailures(children, ends)
    // States in which a keyword ends come last, so that one comparison tells them.
    const order = [...children.keys()].toSorted((a, b) => Number(isEnd(ends, a)) - Number(isEnd(ends, b)))
    const rows = new Int32Array(children.length)
    for (const [index, state] of order.entries()) rows[state] = index * this.#width
    this.#firstEnd = order.filter((state) => !isEnd(ends, state)).length * this.#width
    this.#table = new Int32Array(children.length * this.#width)
    for (const state of breadthFirst(children)) {
      this.#fillRow(at(rows, state), state === 0 ? null : at(rows, at(fails, state)))
      for (const [code, child] of children[state] ?? [])
        this.#table[at(rows, state) + at(this.#classes, code)] = at(rows, child)
      if (isEnd(ends, state)) this.#ends.set(at(rows, state), ends[state] ?? [])
    }
  }

  /** Where no child fits, a state goes on as the shorter one does that it falls back to. */
  #fillRow(row: number, fallback: number | null): void {
    if (fallback !== null) this.#table.copyWithin(row, fallback, fallback + this.#width)
  }
}

/** All indexes here are in range. */
function at(numbers: Int32Array | Uint8Array, index: number): number {
  return numbers[index] ?? 0
}

interface Trie {
  /** By state: byte -> state. */
  readonly children: Map<number, number>[]
  /** By state: the keywords that end there. */
  readonly ends: number[][]
}

function trieOf(keywords: readonly string[]): Trie {
  const children = [new Map<number, number>()]
  const ends: number[][] = [[]]
  for (const [index, keyword] of keywords.entries()) {
    let state = 0
    for (const character of keyword) {
      const code = character.charCodeAt(0)
      let next = children[state]?.get(code)
      if (next === undefined) {
        next = children.push(new Map()) - 1
        ends.push([])
        children[state]?.set(code, next)
      }
      state = next
    }
    ends[state]?.push(index)
  }
  return { children, ends }
}

/** Where to go on when no child fits; a state also ends what the shorter state ends that it falls back to. */
function linkFailures(children: Trie['children'], ends: number[][]): Int32Array {
  const fails = new Int32Array(children.length)
  for (const state of breadthFirst(children)) {
    // A state of one character falls back to none.
    if (state === 0) continue
    for (const [code, child] of children[state] ?? []) {
      const fail = nextOf(children, fails, at(fails, state), code)
      fails[child] = fail
      ends[child]?.push(...(ends[fail] ?? []))
    }
  }
  return fails
}

function nextOf(children: Trie['children'], fails: Int32Array, from: number, code: number): number {
  let state = from
  while (state !== 0 && children[state]?.has(code) !== true) state = at(fails, state)
  return children[state]?.get(code) ?? 0
}

function breadthFirst(children: Trie['children']): number[] {
  const states = [0]
  for (let index = 0; index < states.length; index++)
    states.push(...(children[states[index] ?? 0]?.values() ?? []))
  return states
}

function isEnd(ends: readonly (readonly number[])[], state: number): boolean {
  return (ends[state]?.length ?? 0) > 0
}
