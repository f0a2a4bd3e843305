import { code } from './escape/markdown.ts'

const known = '`/rescan` reads everything again and evaluates; `/rescan --fresh` also forgets what was kept.'

/** The reply to a comment that looks like a command and is none. */
export function unknownCommand(meant: string | null): string {
  const question = meant === null ? '' : ` Did you mean ${code(`/${meant}`)}?`
  return `That is not a command of Portcullis.${question}\n\n${known}`
}

/** The reply to somebody who may not use a command. */
export function noRight(command: string, right: string | readonly string[]): string {
  const who = typeof right === 'string' ? `people with ${right} access` : right.map(code).join(', ')
  return `Only ${who} can use ${code(`/${command}`)} here.`
}
