import type { Commit, Person } from '../model/change.ts'
import { UserError } from '../std/user-error.ts'

/**
 * A commit from its raw object. Its structure is read strictly: tree, parents, author, committer, in this order, as
 * https://git-scm.com/docs/gitdatamodel has it. The text is read as UTF-8 whatever its `encoding` header says, because
 * an author could choose one in which a secret is not seen. Throws a UserError where it is no commit.
 */
export function parseCommit(oid: string, bytes: Buffer): Commit {
  const end = bytes.indexOf('\n\n')
  const message = end === -1 ? '' : bytes.toString('utf8', end + 2)
  const head = bytes.toString('utf8', 0, end === -1 ? bytes.length : end)
  const lines = new Header(oid, head)
  const tree = lines.oid('tree')
  const parents: string[] = []
  while (lines.has('parent')) parents.push(lines.oid('parent'))
  const author = person(lines.take('author'))
  const committer = person(lines.take('committer'))
  for (const name of ['tree', 'parent', 'author', 'committer'])
    if (lines.hasLater(name)) throw malformed(oid, `more than one ${name}`)
  return { oid, parents, tree, author, committer, coAuthors: coAuthors(message), message }
}

class Header {
  readonly #oid: string
  readonly #lines: readonly string[]
  #at = 0

  constructor(oid: string, head: string) {
    if (head.includes('\0')) throw malformed(oid, 'a NUL in its header')
    this.#oid = oid
    this.#lines = head.replace(/\n$/, '').split('\n')
  }

  has(name: string): boolean {
    return this.#lines[this.#at]?.startsWith(`${name} `) === true
  }

  hasLater(name: string): boolean {
    return this.#lines.slice(this.#at).some((line) => line.startsWith(`${name} `))
  }

  take(name: string): string {
    if (!this.has(name)) throw malformed(this.#oid, `no ${name} where it belongs`)
    return this.#lines[this.#at++]?.slice(name.length + 1) ?? ''
  }

  oid(name: string): string {
    const value = this.take(name)
    if (!/^[0-9a-f]{40}$/.test(value)) throw malformed(this.#oid, `a ${name} that is no id`)
    return value
  }
}

/** As git cuts it: the address ends at the first `>`, the date follows the last one. */
function person(line: string): Person {
  const open = line.indexOf('<')
  const close = line.indexOf('>', open)
  const isWhole = open !== -1 && close !== -1
  const date = /^ *(\d{1,15})(?: [+-]\d+)?$/.exec(line.slice(line.lastIndexOf('>') + 1))?.[1]
  return {
    name: (isWhole ? line.slice(0, open) : line).trim(),
    email: isWhole ? line.slice(open + 1, close).trim() : '',
    at: isWhole && date !== undefined ? Number(date) : null,
  }
}

/** Anywhere in the message, not only in its last paragraph: who is named here may not approve, so rather one too many. */
function coAuthors(message: string): Person[] {
  const key = 'co-authored-by:'
  return message
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line.slice(0, key.length).toLowerCase() === key)
    .map((line) => person(line.slice(key.length)))
    .map(({ name, email }) => ({ name, email, at: null }))
}

function malformed(oid: string, what: string): UserError {
  return new UserError({
    code: 'repository-unsupported',
    message: `Commit ${oid} is malformed: it has ${what}.`,
    remediation: 'Write it anew: git fsck says what is wrong.',
  })
}
