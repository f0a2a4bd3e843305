import type { EnvProblem } from './env-problem.ts'
import { meantFor } from './env-unknown.ts'
import { Redacted } from './std/redacted.ts'

/** What reads a file: throws Node's error where it cannot. */
export type FileReader = (path: string) => string

/** Reads settings one by one and collects what is wrong, so that a person repairs all of it at once. */
export class EnvReader {
  readonly problems: EnvProblem[] = []
  readonly #env: Readonly<Record<string, string | undefined>>
  readonly #readFile: FileReader

  constructor(env: Readonly<Record<string, string | undefined>>, readFile: FileReader) {
    this.#env = env
    this.#readFile = readFile
  }

  /** Names that are set. An empty value is none: that is how Compose passes a variable on that nobody set. */
  get set(): string[] {
    return Object.keys(this.#env).filter((name) => this.has(name))
  }

  has(name: string): boolean {
    return this.text(name) !== null
  }

  text(name: string): string | null {
    const value = this.#env[name]?.trim() ?? ''
    return value === '' ? null : value
  }

  /** What `parse` makes of it, or what is used where it is not set. `expected` follows "must be". */
  read<T>(name: string, unset: T, { expected, parse }: Expected<T>): T {
    const text = this.text(name)
    if (text === null) return unset
    const value = parse(text)
    if (value !== null) return value
    this.refuse(`${name} must be ${expected}.`, 'Correct it.')
    return unset
  }

  /** A whole number between two others. */
  number<T extends number | null>(
    name: string,
    unset: T,
    [least, most]: readonly [number, number],
  ): number | T {
    return this.read<number | T>(name, unset, {
      expected: `a whole number from ${least} to ${most}`,
      parse: (text) =>
        /^\d{1,15}$/.test(text) && isBetween(Number(text), least, most) ? Number(text) : null,
    })
  }

  choice<const T extends string>(name: string, unset: T, choices: readonly T[]): T {
    return this.read<T>(name, unset, {
      expected: `one of ${choices.join(', ')}`,
      parse: (text) => choices.find((choice) => choice === text) ?? null,
    })
  }

  /** The text of a secret: of the variable itself, or of the file that `NAME_FILE` or one of `others` names. */
  secretText(
    name: string,
    others: readonly string[] = [],
  ): { readonly name: string; readonly text: string } | null {
    const [source, second] = [name, `${name}_FILE`, ...others].filter((candidate) => this.has(candidate))
    if (source === undefined) return null
    if (second !== undefined) this.refuse(`${source} and ${second} are both set.`, 'Remove one of them.')
    const text = this.text(source) ?? ''
    if (source === name) return { name, text }
    const content = this.#contentOf(source, text)
    return content === null ? null : { name: source, text: content }
  }

  /** Whether a secret is set, in whatever way. */
  hasSecret(name: string, others: readonly string[] = []): boolean {
    return [name, `${name}_FILE`, ...others].some((candidate) => this.has(candidate))
  }

  missing(name: string, why: string): void {
    const near = meantFor(name, this.set)
    const meant = near === null ? `Set it: ${why}.` : `${near} is set: did you mean ${name}?`
    this.refuse(`${name} is not set.`, meant)
  }

  refuse(message: string, remediation: string): void {
    this.problems.push({ message, remediation })
  }

  /** Notes a problem that came instead of a value. */
  accept(result: Redacted | EnvProblem): Redacted | null {
    if (result instanceof Redacted) return result
    this.problems.push(result)
    return null
  }

  #contentOf(source: string, path: string): string | null {
    try {
      const content = this.#readFile(path).trim()
      if (content === '') this.refuse(`${source} names an empty file.`, 'Write the secret into it.')
      return content === '' ? null : content
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      this.refuse(
        `${source} names a file that cannot be read (${String(error.code)}).`,
        'Correct the path, or its rights.',
      )
      return null
    }
  }
}

export interface Expected<T> {
  readonly expected: string
  /** Null where the text is not as expected. */
  readonly parse: (text: string) => T | null
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}
