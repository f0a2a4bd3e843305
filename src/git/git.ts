import { type ChildProcess, spawn } from 'node:child_process'

import { UserError } from '../std/user-error.ts'
import {
  environmentOf,
  type Network,
  type Remote,
  remoteEnvironment,
  remoteSettings,
  safePrefix,
} from './environment.ts'
import { GitFailed, OutputTooLarge, TookTooLong } from './git-errors.ts'
import { Slots } from './slots.ts'

export interface GitCommand {
  /** Without it git looks for a repository from `cwd` upwards. */
  readonly gitDir?: string
  readonly cwd?: string
  readonly args: readonly string[]
  readonly input?: string
  /** Default 60 s. */
  readonly deadlineMs?: number
  /** Of stdout; default 64 MB. */
  readonly maxBytes?: number
  /** Exit codes that are an answer; default 0. */
  readonly codes?: readonly number[]
  /** Gets stdout piece by piece instead of the result. What it throws stops the command. */
  readonly read?: (chunk: Buffer) => void
  /** Gets the events of git's trace. Only with `remote`. */
  readonly trace?: (chunk: Buffer) => void
  readonly remote?: Remote
}

export interface GitResult {
  readonly code: number
  readonly stdout: Buffer
}

/** The only starter of git: always the same prefix and environment, arrays and never a shell, a bounded number at once. */
export class Git {
  readonly #path: string
  readonly #network: Network
  readonly #slots: Slots
  readonly #running = new Set<ChildProcess>()

  /** `path` is PATH, where git is looked for. `processes` counts commands, not the readers that {@link serve} starts. */
  constructor(options: { readonly path: string; readonly network?: Network; readonly processes?: number }) {
    this.#path = options.path
    this.#network = options.network ?? {}
    this.#slots = new Slots(options.processes ?? 8)
  }

  /** Runs a command to its end. Throws {@link GitFailed}, {@link TookTooLong}, {@link OutputTooLarge}. */
  async run(command: GitCommand): Promise<GitResult> {
    const result = await this.#slots.use(() => this.#finish(command))
    if ((command.codes ?? [0]).includes(result.code)) return result
    throw new GitFailed(nameOf(command), result.code)
  }

  /** Stdout as text, without the line's end. */
  async line(command: GitCommand): Promise<string> {
    return (await this.run(command)).stdout.toString().trimEnd()
  }

  /** Starts a process that answers requests on stdin until that is closed. */
  serve(gitDir: string, args: readonly string[]) {
    const child = spawn('git', [...safePrefix, `--git-dir=${gitDir}`, ...args], {
      cwd: '/',
      env: environmentOf(this.#path),
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    })
    this.#watch(child)
    return child
  }

  /** Kills what still runs. */
  close(): void {
    for (const child of this.#running) kill(child)
  }

  async #finish(command: GitCommand): Promise<GitResult> {
    const child = this.#spawn(command)
    const chunks: Buffer[] = []
    const state: { bytes: number; stopped: Error | null } = { bytes: 0, stopped: null }
    const stop = (reason: Error): void => {
      state.stopped ??= reason
      kill(child)
    }
    const deadlineMs = command.deadlineMs ?? 60_000
    const timer = setTimeout(() => stop(new TookTooLong(nameOf(command), deadlineMs)), deadlineMs)
    child.stdout?.on('data', (chunk: Buffer) => {
      state.bytes += chunk.length
      if (state.stopped !== null) return
      if (state.bytes > (command.maxBytes ?? 64e6)) return stop(new OutputTooLarge(nameOf(command)))
      try {
        if (command.read === undefined) chunks.push(chunk)
        else command.read(chunk)
      } catch (error) {
        stop(error instanceof Error ? error : new TypeError('What was thrown is no error.', { cause: error }))
      }
    })
    const trace = child.stdio[3]
    if (trace != null) trace.on('data', (chunk: Buffer) => command.trace?.(chunk))
    // A command that ends without reading all of its input is known by its exit code.
    child.stdin?.on('error', () => undefined).end(command.input ?? '')
    try {
      const code = await ended(child)
      if (state.stopped !== null) throw state.stopped
      return { code, stdout: Buffer.concat(chunks) }
    } finally {
      clearTimeout(timer)
    }
  }

  #spawn({ gitDir, cwd, args, remote }: GitCommand): ChildProcess {
    const child = spawn(
      'git',
      [
        ...safePrefix,
        ...(remote === undefined ? [] : remoteSettings(remote.url)),
        ...(gitDir === undefined ? [] : [`--git-dir=${gitDir}`]),
        ...args,
      ],
      {
        cwd: cwd ?? '/',
        env: {
          ...environmentOf(this.#path),
          ...(remote === undefined ? {} : remoteEnvironment(remote, this.#network)),
        },
        // What git says on stderr can hold a URL, a name or a token: nobody gets to see it.
        stdio: ['pipe', 'pipe', 'ignore', ...(remote === undefined ? [] : ['pipe' as const])],
        // A group of its own: killed whole, and without a terminal to ask on.
        detached: true,
      },
    )
    this.#watch(child)
    return child
  }

  #watch(child: ChildProcess): void {
    this.#running.add(child)
    child.on('close', () => this.#running.delete(child)).on('error', () => this.#running.delete(child))
  }
}

/** Kills a process with those that it started. */
export function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error
  }
}

/** Whether an error is the operating system's own of this code. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(isErrno(error, 'ENOENT') ? noGit(error) : error))
    // A process that a signal ended has no code; 128 is what git itself ends with when it dies.
    child.on('close', (code) => resolve(code ?? 128))
  })
}

function noGit(cause: Error): UserError {
  return new UserError(
    {
      code: 'environment-invalid',
      message: 'git was not found on PATH.',
      remediation: 'Install git 2.38 or later.',
    },
    { cause },
  )
}

function nameOf({ args }: GitCommand): string {
  return args.find((argument) => /^[a-z]/.test(argument) && !argument.includes('=')) ?? 'git'
}
