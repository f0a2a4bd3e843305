import { z } from 'zod'

import type { Facts } from '../model/facts.ts'
import type { Age, RepositoryName } from '../ports/github.ts'
import { UserError } from '../std/user-error.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'

const organisationFile = 'portcullis.yml'
const maxBytes = 1024 * 1024

const File = z.object({
  type: z.literal('file'),
  size: z.int().nonnegative(),
  sha: z.string(),
  encoding: z.string(),
  content: z.string(),
})

/** A folder is a list; a symlink or a submodule has another type. */
const Content = z.union([File, z.object({ type: z.string() }), z.array(z.object({}))])

/** The policy of the organisation, from the default branch of `OWNER/.github`. Throws as {@link readFile} does. */
export async function readOrganisationPolicy(
  reader: Reader,
  owner: string,
  age: Age = 'recent',
): Promise<Facts['organisationPolicy']> {
  const found = await readFile(
    reader,
    { owner, name: '.github' },
    { file: organisationFile, branch: null, age },
  )
  return found === null ? null : { repository: `${owner}/.github`, ...found }
}

/**
 * A policy file at the tip of a branch; null is the default one. Null only where GitHub says 404. Throws `UserError` for
 * what cannot be a policy. https://docs.github.com/en/rest/repos/contents#get-repository-content
 */
export async function readFile(
  reader: Reader,
  { owner, name }: RepositoryName,
  {
    file,
    branch,
    age = 'now',
  }: { readonly file: string; readonly branch: string | null; readonly age?: Age },
): Promise<{ oid: string; text: string } | null> {
  const where = `${file} of ${owner}/${name}`
  const found = await reader.oneOrNull(
    {
      path: path`/repos/${owner}/${name}/contents/`.concat(file.split('/').map(encodeURIComponent).join('/')),
      ...(branch === null ? {} : { query: { ref: branch } }),
      permission: { name: 'contents', level: 'read' },
      priority: 'facts',
      // Somebody may have pasted a secret into it.
      keep: 'in-memory',
      age,
    },
    Content,
  )
  if (found === null) return null
  const content = File.safeParse(found)
  if (!content.success) throw unreadable(where, 'is no file', 'Put the policy there as a plain file.')
  const { size, sha, encoding, content: encoded } = content.data
  // Above 1 MiB GitHub gives no content, with the encoding `none`.
  if (size > maxBytes || encoding !== 'base64')
    throw unreadable(where, 'is larger than 1 MiB', 'Make it smaller.')
  return { oid: sha, text: textOf(where, Buffer.from(encoded, 'base64')) }
}

function textOf(where: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) throw unreadable(where, 'is not UTF-8', 'Save it as UTF-8.')
    throw error
  }
}

function unreadable(where: string, what: string, remediation: string): UserError {
  return new UserError({ code: 'policy-unreadable', message: `The policy, ${where}, ${what}.`, remediation })
}
