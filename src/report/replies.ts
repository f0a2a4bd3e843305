import { code } from './escape/markdown.ts'
import { shorten } from './shorten.ts'

const known = [
  'What Portcullis understands here:',
  '',
  '- `/rescan` reads everything again and evaluates',
  '- `/rescan --fresh` also forgets what was kept of earlier evaluations',
].join('\n')

/** The reply to a comment that looks like a command and is none. */
export function unknownCommand(meant: string | null): string {
  const question = meant === null ? '' : ` Did you mean ${code(`/${shorten(meant, 60)}`)}?`
  return `That is not a command of Portcullis.${question}\n\n${known}`
}

/** The reply to somebody who may not use a command: who may, so that they know whom to ask. */
export function noRight(command: string, right: string | readonly string[]): string {
  const name = code(`/${shorten(command, 60)}`)
  const allowed = typeof right === 'string' ? peopleWith(right) : anyOf(right)
  return `${allowed === null ? 'Nobody' : `Only ${allowed}`} can use ${name} here. The policy says so under ${code('commands')}.`
}

/** Of a policy's entries each as what it is: a role, a team or a login. Null for none. */
function anyOf(entries: readonly string[]): string | null {
  if (entries.length === 0) return null
  const shown = entries.slice(0, 10).map((entry) => {
    if (roles.has(entry)) return peopleWith(entry)
    const named = code(shorten(entry, 100))
    return entry.startsWith('@') ? `members of ${named}` : named
  })
  if (entries.length > 10) shown.push(`${entries.length - 10} more`)
  return shown.join(', ')
}

const roles = new Set(['read', 'triage', 'write', 'maintain', 'admin'])

function peopleWith(role: string): string {
  return `people with ${role} access`
}

/**
 * Stands unseen in each reply to one person, so that the next one takes its place: a command that is tried again, or given
 * again, does not fill the conversation.
 */
export function replyMark(login: string): string {
  return `<!-- portcullis: reply to ${login.toLowerCase().replaceAll(/[^\w[\]-]/g, '')} -->`
}
