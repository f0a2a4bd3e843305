import type { CommandReference } from '../ports/queue.ts'

/** One comment command. */
export interface CommandGrammar {
  /** Without the slash. */
  readonly name: string
  /** Null for arguments that it does not know: nothing is guessed. */
  read(args: readonly string[]): CommandReference['command'] | null
}
