import type { Verdict } from '../model/verdict.ts'
import { code, table } from './escape/markdown.ts'
import { shorten } from './shorten.ts'

const maxPeople = 10
const maxRows = 20

/** Which approvals are missing, and who can give them. */
export function waitingTable(waiting: Verdict['waiting']): string {
  if (waiting.length === 0) return ''
  const rows = waiting
    .slice(0, maxRows)
    .map(({ requirement, needs, has, who }) => [
      `⏳ ${code(shorten(requirement, 100))}`,
      String(needs),
      String(has),
      people(who),
    ])
  const rest = waiting.length - maxRows
  if (rest > 0) rows.push([`and ${rest.toLocaleString('en')} more`, '', '', ''])
  return table(['Requirement', 'Needs', 'Has', 'Who can approve'], rows)
}

function people(who: readonly string[]): string {
  const shown = who.slice(0, maxPeople).map((login) => code(shorten(login, 100)))
  const rest = who.length - maxPeople
  if (rest > 0) shown.push(`${rest.toLocaleString('en')} more`)
  return shown.join(', ')
}
