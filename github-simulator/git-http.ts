import { spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename, dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { Refusal } from './answer.ts'
import { authenticate } from './authentication.ts'
import { isGranted, visibleRepository } from './authorization.ts'
import { gitEnvironment } from './git.ts'
import type { Repository } from './state.ts'
import type { World } from './world.ts'

/** `/OWNER/REPO.git/…`, what git asks for: the repository's name and the rest. */
export function readGitPath(path: string): { fullName: string; rest: string } | null {
  const match =
    /^\/([^/]+\/[^/]+?)(?:\.git)?(\/(?:info\/refs|HEAD|git-upload-pack|git-receive-pack|objects\/.*))$/.exec(
      path,
    )
  const [, fullName, rest] = match ?? []
  return fullName === undefined || rest === undefined ? null : { fullName, rest }
}

/** Who may read this repository by git. Throws a `Refusal`; a public one needs a token here too, as one of the App's calls. */
export function authorizeGit(
  world: World,
  request: IncomingMessage,
  { fullName, rest }: { fullName: string; rest: string },
): { repository: Repository; installation: number | null } {
  const caller = authenticate(world, request.headers.authorization)
  if (caller.kind === 'app') throw new Refusal(401, 'Bad credentials')
  const repository = visibleRepository(world, caller, fullName)
  if (rest === '/git-receive-pack' || request.url?.includes('service=git-receive-pack') === true)
    throw new Refusal(403, 'This simulator takes no pushes over HTTP')
  if (caller.kind === 'person') return { repository, installation: null }
  const needed = { permission: 'contents', access: 'read' } as const
  if (!isGranted(world.app.permissions, needed)) {
    const message = 'the manifest does not ask for contents: read'
    world.violations.push({ kind: 'permission', operation: 'git fetch', message })
  }
  if (!isGranted(caller.token.permissions, needed))
    throw new Refusal(403, 'Resource not accessible by integration')
  return { repository, installation: caller.installation.id }
}

/** Hands the request to `git http-backend`. Resolves with the status when everything was sent. */
export async function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  repository: Repository,
  rest: string,
): Promise<number> {
  const url = new URL(request.url ?? '/', 'http://simulator')
  const header = (name: string) => String(request.headers[name] ?? '')
  const child = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment(),
      GIT_PROJECT_ROOT: dirname(repository.gitDirectory),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${basename(repository.gitDirectory)}${rest}`,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: header('content-type'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  response.on('close', () => child.kill())
  // Without a backend there is no output, which is answered 500 below.
  child.on('error', () => undefined)
  request.pipe(child.stdin)
  // A client that goes away, or a backend that has heard enough, closes the pipe; the exit below ends the request.
  child.stdin.on('error', () => undefined)
  return copyAnswer(child.stdout, response)
}

/** CGI: headers with `Status:`, an empty line, the body. */
async function copyAnswer(output: Readable, response: ServerResponse): Promise<number> {
  const head = await readHead(output)
  if (head === null) response.statusCode = 500
  else writeHead(response, head)
  // The client went away: nobody is left to tell.
  await pipeline(output, response).catch(() => undefined)
  return response.statusCode
}

/** Takes the headers off the stream; null if it ends before they do. */
async function readHead(output: Readable): Promise<string | null> {
  let head = Buffer.alloc(0)
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    head = Buffer.concat([head, Buffer.from(chunk)])
    const end = head.indexOf('\r\n\r\n')
    if (end === -1) continue
    output.unshift(head.subarray(end + 4))
    return head.subarray(0, end).toString()
  }
  return null
}

function writeHead(response: ServerResponse, text: string): void {
  for (const line of text.split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+): *(.*)$/.exec(line) ?? []
    if (name === 'Status') response.statusCode = Number(value.slice(0, 3))
    else if (name !== '') response.setHeader(name, value)
  }
}
