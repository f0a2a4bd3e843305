import { spawn } from 'node:child_process'

/** Nothing of whoever runs the simulator reaches git: no configuration, no credentials, no hooks of a template. */
export function gitEnvironment(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ATTR_NOSYSTEM: '1',
  }
}

/** Git refused; `stderr` says why. */
export class GitRefused extends Error {
  override readonly name = 'GitRefused'
  readonly exitCode: number | null

  constructor(args: readonly string[], exitCode: number | null, stderr: string) {
    super(`git ${args.join(' ')}: ${stderr.trim()} (exit code ${exitCode})`)
    this.exitCode = exitCode
  }
}

/** Runs git in a bare repository and gives what it printed. Throws `GitRefused`. */
export async function git(
  directory: string,
  args: readonly string[],
  input?: string | Uint8Array,
): Promise<Buffer> {
  const child = spawn('git', ['-c', 'safe.directory=*', ...args], { cwd: directory, env: gitEnvironment() })
  const [out, errors]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  // A git that has read enough closes its input; its exit code tells whether that was right.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new GitRefused(args, code, Buffer.concat(errors).toString())
  return Buffer.concat(out)
}

/** The same as text, without the last newline. */
export async function gitText(directory: string, args: readonly string[], input?: string): Promise<string> {
  return (await git(directory, args, input)).toString().replace(/\n$/, '')
}
