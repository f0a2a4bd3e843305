import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** What a test may do with a request before git sees it: answer it (true), or let it through (false). */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>

/** Repositories of a folder over smart HTTP on loopback: git's own `http-backend` behind node:http. */
export class GitHttp {
  readonly #server: Server
  /** Requests that reached the server, `METHOD URL`. */
  readonly requests: string[] = []
  /** `Authorization` of each of them. */
  readonly authorizations: (string | undefined)[] = []
  intercept: Intercept = () => false

  constructor(root: string) {
    this.#server = createServer((request, response) => {
      this.requests.push(`${request.method} ${request.url}`)
      this.authorizations.push(request.headers.authorization)
      void this.#answer(root, request, response)
    })
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return `http://127.0.0.1:${address.port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await this.intercept(request, response)) return
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'],
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        REQUEST_METHOD: request.method,
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    child.stdin.on('error', () => undefined)
    request.pipe(child.stdin)
    response.on('close', () => child.kill())
    let head: Buffer | null = Buffer.alloc(0)
    child.stdout.on('data', (chunk: Buffer) => {
      if (head === null) {
        response.write(chunk)
        return
      }
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end === -1) return
      for (const line of head.toString('latin1', 0, end).split('\r\n')) {
        const [name = '', value = ''] = line.split(/: (.*)/s)
        if (name === 'Status') response.statusCode = Number.parseInt(value, 10)
        else response.setHeader(name, value)
      }
      response.write(head.subarray(end + 4))
      head = null
    })
    child.on('close', () => response.end())
  }
}
