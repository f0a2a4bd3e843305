import type { Verdict, VerdictFinding } from '../model/verdict.ts'
import { htmlCode, htmlProse } from './escape/html.ts'
import { code, prose } from './escape/markdown.ts'
import type { Parts } from './fit.ts'
import { shorten } from './shorten.ts'
import { whereAll } from './summary.ts'
import { count, placeOf, previewOf, short, worstFirst } from './words.ts'

/** A page of unfolded ones is no overview. */
const maxUnfolded = 3
const maxPlaces = 10

/** The evidence: one fold for each open finding, the worst first. */
export function textOf(verdict: Verdict): Parts {
  return {
    parts: worstFirst(verdict.findings).map((finding, index) => fold(finding, index < maxUnfolded)),
    last: '',
    leftOut: (number) =>
      `${count(number, 'finding')} of lower severity did not fit here${whereAll(verdict)}.`,
  }
}

function fold(finding: VerdictFinding, isFirst: boolean): string {
  const { rule, title, message, remediation, blocks } = finding
  const mark = blocks ? '❌' : '➖'
  const what = `<b>${htmlProse(shorten(rule, 100))}</b> ${htmlProse(shorten(title, 200))}`
  const head = `<details${blocks && isFirst ? ' open' : ''}><summary>${mark} ${what}${whereInHtml(finding)}</summary>`
  const paragraphs = [
    head,
    `${prose(shorten(message, 2_000))}${blocks ? '' : ' This is advice and does not block.'}`,
    seen(finding),
    `**Fix:** ${prose(shorten(remediation, 2_000))}`,
    reference(finding),
    '</details>',
  ]
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')
}

/** Where the summary of a fold stands, Markdown is not read. */
function whereInHtml(finding: VerdictFinding): string {
  const place = placeOf(finding)
  const commit = finding.commit === null ? '' : `commit ${htmlCode(short(finding.commit))}`
  if (place === null) return commit === '' ? '' : ` – ${commit}`
  const { inHistoryOnly } = finding
  return ` – ${htmlCode(shorten(place, 200))}${inHistoryOnly === true ? `, only in the history: ${commit}` : ''}`
}

/** What may be shown of a secret, the object at fault, and every further place. */
function seen(finding: VerdictFinding): string {
  const { resource, places } = finding
  const preview = previewOf(finding)
  const lines: string[] = []
  if (preview !== null) lines.push(`- Looks like ${code(shorten(preview, 100))}`)
  if (resource !== null) lines.push(`- Object ${code(shorten(resource, 200))}`)
  for (const { path, startLine, commit } of places.slice(0, maxPlaces)) {
    const from = commit === null ? '' : `, commit ${code(short(commit))}`
    lines.push(`- Also in ${code(shorten(`${path}:${startLine}`, 200))}${from}`)
  }
  if (places.length > maxPlaces) lines.push(`- And in ${count(places.length - maxPlaces, 'more place')}`)
  return lines.join('\n')
}

function reference({ severity, commit, fingerprint }: VerdictFinding): string {
  const from = commit === null ? '' : ` · commit ${code(short(commit))}`
  return `<sub>severity ${severity}${from} · fingerprint ${code(shorten(fingerprint, 100))}</sub>`
}
