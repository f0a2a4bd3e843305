import type { Repository } from '../ports/git.ts'
import type { GitHub } from '../ports/github.ts'

/** One command of the command line, one file each. */
export interface Command {
  readonly name: string
  /** One line for `portcullis --help`. */
  readonly summary: string
  /** The whole help text of the command. */
  readonly help: string
  /** Returns the exit code. Throws `UserError` for wrong arguments, which exits with 2 and prints nothing on stdout. */
  run(args: readonly string[], context: CommandContext): Promise<number>
}

/** What a command reaches of the world; cli.ts makes it. Adapters are opened when asked for: `--version` needs none. */
export interface CommandContext {
  /** `-C DIR` applied. */
  readonly cwd: string
  readonly version: string
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string
  out(text: string): void
  err(text: string): void
  readonly isTerminal: boolean
  /** Of `NO_COLOR`, `FORCE_COLOR` and the terminal; `--color` comes after it. */
  readonly color: boolean
  /** The repository around a folder. Throws `UserError` where there is none. */
  openRepository(folder: string): Promise<Repository>
  /** As the owner of `GITHUB_TOKEN`. Throws `UserError` where it is not set. */
  openGitHub(): Promise<GitHub>
}
