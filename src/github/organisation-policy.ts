import { z } from 'zod'

import type { Facts } from '../model/facts.ts'
import { UserError } from '../std/user-error.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'

const file = 'portcullis.yml'
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

/**
 * The policy of the organisation, from the default branch of `OWNER/.github`. Null only where GitHub says 404. Throws
 * `UserError` for what cannot be a policy. https://docs.github.com/en/rest/repos/contents#get-repository-content
 */
export async function readOrganisationPolicy(
  reader: Reader,
  owner: string,
): Promise<Facts['organisationPolicy']> {
  const repository = `${owner}/.github`
  const found = await reader.oneOrNull(
    {
      path: path`/repos/${owner}/.github/contents/${file}`,
      permission: { name: 'contents', level: 'read' },
      priority: 'facts',
      keep: 'stored',
    },
    Content,
  )
  if (found === null) return null
  const content = File.safeParse(found)
  if (!content.success) throw unreadable(repository, 'is no file', 'Put the policy there as a plain file.')
  const { size, sha, encoding, content: encoded } = content.data
  // Above 1 MiB GitHub gives no content, with the encoding `none`.
  if (size > maxBytes || encoding !== 'base64')
    throw unreadable(repository, 'is larger than 1 MiB', 'Make it smaller.')
  return { repository, oid: sha, text: textOf(repository, Buffer.from(encoded, 'base64')) }
}

function textOf(repository: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) throw unreadable(repository, 'is not UTF-8', 'Save it as UTF-8.')
    throw error
  }
}

function unreadable(repository: string, what: string, remediation: string): UserError {
  const message = `The policy of the organisation, ${file} of ${repository}, ${what}.`
  return new UserError({ code: 'policy-unreadable', message, remediation })
}
