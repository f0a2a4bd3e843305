import { settings } from './environment.ts'

/**
 * What git finds in old histories that cannot be repaired without rewriting them, and that does no harm here: commits
 * and trees are read by our own strict parsers, and nothing is checked out. Each was written by a tool of its time.
 * Everything else stops a fetch: paths such as `.git`, entries twice in a tree (a reader sees one, git the other),
 * `.gitmodules` with a name, a path, a URL or an update command that attacks whoever checks it out.
 * https://git-scm.com/docs/git-fsck#_fsck_messages
 */
const harmless = [
  'badDate',
  'badDateOverflow',
  'badEmail',
  'badName',
  'badTimezone',
  'emptyName',
  'extraHeaderEntry',
  'missingEmail',
  'missingNameBeforeEmail',
  'missingSpaceBeforeDate',
  'missingSpaceBeforeEmail',
  'missingTaggerEntry',
  'nulInCommit',
  'zeroPaddedDate',
  'zeroPaddedFilemode',
]

/** What is tolerated, by `git fetch` or by `git fsck`. */
export function fsckSettings(by: 'fetch.fsck' | 'fsck'): string[] {
  return settings(Object.fromEntries(harmless.map((message) => [`${by}.${message}`, 'ignore'])))
}
