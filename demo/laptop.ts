import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Account } from '../github-simulator/state.ts'

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

/** Where the repository is cloned from, and who may. */
export interface Remote {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  readonly fullName: string
  /** A personal access token of whoever sits there. */
  readonly token: string
}

export interface Checked {
  readonly exitCode: number | null
  readonly stdout: string
  /** The verdict as `-f json` writes it. */
  readonly json: string
}

interface Ran {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A clone in a temporary folder, in which people commit and run the command line. */
export class Laptop {
  readonly folder: string
  readonly #root: string
  readonly #remote: Remote

  constructor(remote: Remote) {
    this.#root = mkdtempSync(join(tmpdir(), 'portcullis-demo-'))
    this.folder = join(this.#root, 'deploy')
    this.#remote = remote
  }

  /** `git clone`. The token is handed over in the environment, which no list of processes shows. */
  async clone(): Promise<void> {
    const { origin, fullName, token } = this.#remote
    const login = Buffer.from(`x-access-token:${token}`).toString('base64')
    await this.#git(['clone', '--quiet', `${origin}/${fullName}.git`, this.folder], {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${login}`,
    })
  }

  /** Writes files, and commits them with everything else that changed. Returns the commit. */
  async commit(files: Readonly<Record<string, string>>, message: string, by: Account): Promise<string> {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true })
      writeFileSync(join(this.folder, path), content)
    }
    await this.git(['add', '--all'])
    await this.git(['commit', '--quiet', '--message', message], {
      GIT_AUTHOR_NAME: by.name,
      GIT_AUTHOR_EMAIL: by.email,
      GIT_COMMITTER_NAME: by.name,
      GIT_COMMITTER_EMAIL: by.email,
    })
    return this.git(['rev-parse', 'HEAD'])
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8')
  }

  /** Runs git in the clone, and gives what it printed without the last newline. */
  async git(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    return this.#git(['-C', this.folder, ...args], env)
  }

  /** `portcullis check` in the clone, as `npx portcullis` runs it. */
  async check(hasColor: boolean, more: readonly string[] = []): Promise<Checked> {
    const file = join(this.#root, 'verdict.json')
    const color = hasColor ? 'always' : 'never'
    const args = ['check', '--color', color, '-f', 'human', '-f', `json=${file}`, ...more]
    const { exitCode, stdout, stderr } = await this.#portcullis(args)
    if (stdout === '') throw new Error(`portcullis check ended with ${exitCode}: ${stderr.trim()}`)
    return { exitCode, stdout, json: readFileSync(file, 'utf8') }
  }

  /** `portcullis facts` into a file. */
  async facts(pullRequest: number): Promise<string> {
    const { origin, fullName, token } = this.#remote
    const gitHub = { GHE_HOST: new URL(origin).host, GHE_PROTOCOL: 'http', GITHUB_TOKEN: token }
    const { exitCode, stdout, stderr } = await this.#portcullis(
      ['facts', `${fullName}#${pullRequest}`],
      gitHub,
    )
    if (exitCode !== 0) throw new Error(`portcullis facts ended with ${exitCode}: ${stderr.trim()}`)
    const file = join(this.#root, 'facts.json')
    writeFileSync(file, stdout)
    return file
  }

  async #portcullis(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return run(process.execPath, [cli, ...args], { cwd: this.folder, env })
  }

  /** Throws what git said. */
  async #git(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
    const { exitCode, stdout, stderr } = await run('git', args, { cwd: this.#root, env })
    if (exitCode !== 0) throw new Error(`git ${args.join(' ')} ended with ${exitCode}: ${stderr.trim()}`)
    return stdout.replace(/\n$/, '')
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Nothing of the person's own git configuration reaches the process: no signing, no hooks, no other default branch. */
async function run(
  command: string,
  args: readonly string[],
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): Promise<Ran> {
  const own = {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  }
  const child = spawn(command, args, { cwd, env: { ...own, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, errors]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { exitCode, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(errors).toString() }
}
