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
  const allowed = typeof right === 'string' ? `people with ${right} access` : membersOf(right)
  return `${allowed === 'nobody' ? 'Nobody' : `Only ${allowed}`} can use ${name} here. The policy says so under ${code('commands')}.`
}

function membersOf(teams: readonly string[]): string {
  if (teams.length === 0) return 'nobody'
  const shown = teams.slice(0, 10).map((team) => code(shorten(team, 100)))
  if (teams.length > 10) shown.push(`${teams.length - 10} more teams`)
  return `members of ${shown.join(', ')}`
}
