import type { Answer } from '../answer.ts'
import { notFound, Refusal } from '../answer.ts'
import type { Call } from '../call.ts'
import { git, gitText } from '../git.ts'
import { findCommit } from '../history.ts'
import type { Repository } from '../state.ts'
import { repositoryApi, repositoryPage } from '../views/repository.ts'
import type { Endpoints } from './handler.ts'

/** Files as git has them. */
export const contentEndpoints = {
  'GET /repos/{owner}/{repo}/contents/{path}': getContents,
} satisfies Endpoints

interface Entry {
  readonly mode: string
  readonly type: 'file' | 'dir' | 'symlink' | 'submodule'
  readonly sha: string
  readonly sizeBytes: number
  readonly path: string
}

/** Up to here a file comes with its content, and up to here as raw bytes only; beyond it is refused. */
const [inlineBytes, rawBytes] = [1_000_000, 100_000_000]

async function getContents(call: Call): Promise<Answer> {
  const repository = call.repository()
  const ref = call.option('ref') ?? repository.defaultBranch
  const path = call.text('path').replaceAll(/^\/+|\/+$/g, '')
  const commit = await findCommit(repository, ref)
  if (commit === null) throw new Refusal(404, `No commit found for the ref ${ref}`)
  const place = { call, repository, ref, commit: commit.sha }

  if (path === '')
    return directory(place, { mode: '040000', type: 'dir', sha: commit.tree, sizeBytes: 0, path: '' })
  const [entry] = await listTree(repository, commit.sha, path)
  if (entry === undefined) throw notFound()
  if (entry.type === 'dir') return directory(place, entry)
  return entry.type === 'symlink' ? symlink(place, entry) : fileAnswer(place, entry)
}

interface Place {
  readonly call: Call
  readonly repository: Repository
  readonly ref: string
  readonly commit: string
}

async function directory(place: Place, entry: Entry): Promise<Answer> {
  const entries = await listTree(place.repository, place.commit, entry.path === '' ? '' : `${entry.path}/`)
  const items = entries.map((one) => entryView(place, one))
  if (!place.call.accept.includes('.object')) return { status: 200, body: items }
  return asObject({ ...entryView(place, entry), entries: items })
}

async function fileAnswer(place: Place, entry: Entry): Promise<Answer> {
  const { accept } = place.call
  if (entry.type === 'submodule')
    return shaped(place, { ...entryView(place, entry), submodule_git_url: null })
  if (entry.sizeBytes > rawBytes) throw new Refusal(403, 'This API returns blobs up to 100 MB in size.')
  const bytes = await git(place.repository.gitDirectory, ['cat-file', 'blob', entry.sha])
  if (accept.includes('.raw'))
    return { status: 200, body: bytes, mediaType: 'application/vnd.github.raw+json; charset=utf-8' }
  const isInline = entry.sizeBytes <= inlineBytes
  // GitHub breaks base64 into lines of 60.
  const content = isInline ? bytes.toString('base64').replaceAll(/.{1,60}/g, '$&\n') : ''
  return shaped(place, { ...entryView(place, entry), content, encoding: isInline ? 'base64' : 'none' })
}

/** GitHub follows a link to a file of the same repository, and describes any other. */
async function symlink(place: Place, entry: Entry): Promise<Answer> {
  const target = (await git(place.repository.gitDirectory, ['cat-file', 'blob', entry.sha])).toString()
  const path = new URL(target, `http://root/${entry.path}`).pathname.slice(1)
  const [found] = target.startsWith('/') ? [] : await listTree(place.repository, place.commit, path)
  if (found?.type === 'file') return fileAnswer(place, found)
  return shaped(place, { ...entryView(place, entry), target })
}

function shaped({ call }: Place, body: object): Answer {
  return call.accept.includes('.object') ? asObject(body) : { status: 200, body }
}

function asObject(body: object): Answer {
  return { status: 200, body, mediaType: 'application/vnd.github.object' }
}

function entryView({ call, repository, ref }: Place, entry: Entry) {
  const api = repositoryApi(call.world, repository)
  const page = repositoryPage(call.world, repository)
  const path = entry.path.split('/').map(encodeURIComponent).join('/')
  const self = `${api}/contents/${path}?ref=${encodeURIComponent(ref)}`
  const kind = entry.type === 'dir' ? 'tree' : 'blob'
  const gitUrl = entry.type === 'submodule' ? null : `${api}/git/${kind}s/${entry.sha}`
  const html = `${page}/${kind}/${encodeURIComponent(ref)}/${path}`
  return {
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.sha,
    size: entry.sizeBytes,
    url: self,
    html_url: html,
    git_url: gitUrl,
    download_url: entry.type === 'file' ? `${page}/raw/${encodeURIComponent(ref)}/${path}` : null,
    type: entry.type,
    _links: { self, git: gitUrl, html },
  }
}

async function listTree(repository: Repository, commit: string, path: string): Promise<Entry[]> {
  const paths = path === '' ? [] : [path]
  const args = ['--literal-pathspecs', 'ls-tree', '-z', '-l', '--full-tree', commit, '--', ...paths]
  const output = await gitText(repository.gitDirectory, args)
  return output.split('\0').flatMap((line) => parseEntry(line) ?? [])
}

function parseEntry(line: string): Entry | null {
  const [, mode = '', kind = '', sha = '', size = '', path = ''] =
    /^(\d+) (\w+) (\w+) +(-|\d+)\t(.*)$/s.exec(line) ?? []
  if (mode === '') return null
  const blob = mode === '120000' ? 'symlink' : 'file'
  const type = kind === 'tree' ? 'dir' : kind === 'commit' ? 'submodule' : blob
  return { mode, type, sha, sizeBytes: Number(size === '-' ? 0 : size), path }
}
