import { type ObjectReply, Replies } from './cat-file-replies.ts'
import { MissingObject } from './git-errors.ts'
import { GitFailed } from './git-errors.ts'
import { type Git, kill } from './git.ts'

interface Request {
  readonly hasBody: boolean
  readonly resolve: (reply: ObjectReply | null) => void
  readonly reject: (error: Error) => void
}

type Server = ReturnType<Git['serve']>

/**
 * One `git cat-file --batch-command` that answers as long as it is used: a reply takes 0.1 ms, a process 3 ms. It sees
 * objects and refs that come later. Started by the first request, ended after a time without one.
 */
export class CatFile {
  readonly #git: Git
  readonly #gitDir: string
  readonly #idleMs: number
  readonly #stuckMs: number
  #server: Server | null = null
  #requests: Request[] = []
  #timer: NodeJS.Timeout | null = null

  /** `stuckMs`: without a reply for so long it is killed. */
  constructor(git: Git, gitDir: string, times: { readonly idleMs?: number; readonly stuckMs?: number } = {}) {
    this.#git = git
    this.#gitDir = gitDir
    this.#idleMs = times.idleMs ?? 30_000
    this.#stuckMs = times.stuckMs ?? 60_000
  }

  /** Type and size; null where there is no such object. */
  info(name: string): Promise<ObjectReply | null> {
    return this.#ask('info', name)
  }

  /** Throws {@link MissingObject} where there is none, or one of another type. */
  async contents(name: string, type: ObjectReply['type']): Promise<Buffer> {
    const reply = await this.#ask('contents', name)
    if (reply?.bytes == null || reply.type !== type) throw new MissingObject(name)
    return reply.bytes
  }

  /** Ends the process. A later request starts another one. */
  async close(): Promise<void> {
    const server = this.#server
    if (server === null) return
    const closed = new Promise((resolve) => server.on('close', resolve))
    kill(server)
    await closed
  }

  #ask(command: 'info' | 'contents', name: string): Promise<ObjectReply | null> {
    // A line's end would begin another request; no name of git holds a control character.
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    if (name === '' || /[\x00-\x1f\x7f]/.test(name)) return Promise.resolve(null)
    this.#server ??= this.#start()
    const { stdin } = this.#server
    return new Promise((resolve, reject) => {
      this.#requests.push({ hasBody: command === 'contents', resolve, reject })
      if (this.#requests.length === 1) this.#wait()
      stdin.write(`${command} ${name}\n`)
    })
  }

  #start(): Server {
    const server = this.#git.serve(this.#gitDir, ['cat-file', '--batch-command'])
    const replies = new Replies({
      hasBody: () => this.#requests[0]?.hasBody === true,
      reply: (reply) => this.#reply(reply),
    })
    server.stdout.on('data', (chunk: Buffer) => {
      try {
        replies.push(chunk)
      } catch {
        // Whatever comes next cannot be told apart any more: the requests fail with the process.
        kill(server)
      }
    })
    server.stdin.on('error', () => undefined)
    server.on('error', () => this.#ended(server)).on('close', () => this.#ended(server))
    return server
  }

  #reply(reply: ObjectReply | null): void {
    this.#requests.shift()?.resolve(reply)
    this.#wait()
  }

  #ended(server: Server): void {
    if (this.#server !== server) return
    this.#server = null
    if (this.#timer !== null) clearTimeout(this.#timer)
    const requests = this.#requests
    this.#requests = []
    for (const { reject } of requests) reject(new GitFailed('cat-file', server.exitCode ?? 128))
  }

  /** One timer for both: a process that is not used, and one that does not answer. */
  #wait(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    const server = this.#server
    const ms = this.#requests.length === 0 ? this.#idleMs : this.#stuckMs
    this.#timer = setTimeout(() => {
      if (server !== null) kill(server)
    }, ms).unref()
  }
}
