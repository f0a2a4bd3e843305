import type { Verdict, VerdictFinding } from '../model/verdict.ts'
import { code, prose } from './escape/markdown.ts'
import { shorten } from './shorten.ts'
import { count, placeOf, short, worstFirst } from './words.ts'

/** More is no list that a person works through; the rest is in the text below. */
const maxSteps = 10
const maxPlaces = 3

/** What a person does to get the change through: numbered, the worst first; one step for all places of one problem. */
export function toDo({ findings, waiting, skips, outcome }: Verdict): string {
  const steps = groups(worstFirst(findings).filter(({ blocks }) => blocks)).map(step)
  const unread = skips.filter(({ blocks }) => blocks).length
  if (outcome === 'fail' && unread > 0)
    steps.push(`**Make readable what could not be looked at** (${count(unread, 'thing')}, listed below).`)
  const rest = steps.length - maxSteps
  const shown = steps.slice(0, maxSteps)
  if (rest > 0) shown.push(`Then ${count(rest, 'more problem')}: see the details below.`)
  // Last, because an approval is for a commit, and the steps before bring new ones.
  if (outcome === 'fail') shown.push(...waiting.slice(0, maxSteps).map(approvals))
  return shown.map((text, index) => `${index + 1}. ${text}`).join('\n')
}

function groups(findings: readonly VerdictFinding[]): (readonly [VerdictFinding, ...VerdictFinding[]])[] {
  const byWhatToDo = new Map<string, [VerdictFinding, ...VerdictFinding[]]>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.title, finding.remediation])
    const group = byWhatToDo.get(key)
    if (group === undefined) byWhatToDo.set(key, [finding])
    else group.push(finding)
  }
  return [...byWhatToDo.values()]
}

function step(group: readonly [VerdictFinding, ...VerdictFinding[]]): string {
  const [first] = group
  const places = [...new Set(group.map(where))].filter((place) => place !== '')
  const shown = places.slice(0, maxPlaces)
  if (places.length > maxPlaces) shown.push(`${(places.length - maxPlaces).toLocaleString('en')} more places`)
  const at = shown.length === 0 ? '' : ` in ${listed(shown)}`
  // Without a file the message is the only thing that says who or what is meant.
  const about = shown.length === 0 ? ` ${prose(shorten(first.message, 300))}` : ''
  const end = about === '' ? ':' : '.'
  return `**${prose(shorten(first.title, 200))}**${at}${end}${about} ${prose(shorten(first.remediation, 600))}`
}

function where(finding: VerdictFinding): string {
  const place = placeOf(finding)
  if (place === null) return finding.commit === null ? '' : `commit ${code(short(finding.commit))}`
  const from = finding.inHistoryOnly === true ? ` (commit ${code(short(finding.commit))})` : ''
  return `${code(shorten(place, 200))}${from}`
}

function listed(places: readonly string[]): string {
  return places.length < 2 ? places.join('') : `${places.slice(0, -1).join(', ')} and ${places.at(-1)}`
}

function approvals({ requirement, needs, has, who }: Verdict['waiting'][number]): string {
  const [one, ...others] = who.map((login) => code(shorten(login, 100)))
  const more = others.length === 0 ? '' : ` or ${count(others.length, 'other person', 'other people')}`
  const from = one === undefined ? '' : ` from ${one}${more}`
  return `Then get ${count(needs - has, 'more approval')}${from} (${code(shorten(requirement, 100))}).`
}
