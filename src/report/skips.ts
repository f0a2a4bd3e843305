import type { Verdict } from '../model/verdict.ts'
import { block, code, prose } from './escape/markdown.ts'
import { shorten } from './shorten.ts'
import { skipGroups } from './skip-groups.ts'
import type { SkipGroup } from './skip-groups.ts'
import { count } from './words.ts'

const maxPaths = 10

/** What was not looked at, what blocks first: one part for each reason, with the files that it holds for. */
export function skipTexts({ skips }: Verdict): string[] {
  return skipGroups(skips).map(text)
}

function text(group: SkipGroup): string {
  const [{ gate, reason, blocks }] = group
  const what = blocks ? '⛔ **Not looked at, and it blocks**' : '➖ Not looked at'
  const files = filesOf(group)
  if (gate === 'policy' && reason.includes('\n')) return invalidPolicy(files, reason)
  const head = `${what} (${gate})${files === '' ? '' : `: ${files}`}`
  if (reason.includes('\n')) return `${head}\n\n${block(shorten(reason, 4_000))}`
  return `${head}${files === '' ? ':' : ' –'} ${prose(shorten(reason, 1_000))}`
}

/** Whoever proposed the change can do nothing about it, so this says who can. */
function invalidPolicy(files: string, reason: string): string {
  return [
    `⛔ ${files} **on the base branch is not valid**, so everything is blocked until it is repaired:`,
    block(shorten(reason, 8_000)),
    '**Who acts:** the owners of the policy. A pull request that changes policy files alone is judged by the last valid policy, so the repair itself can be merged.',
  ].join('\n\n')
}

function filesOf(group: SkipGroup): string {
  const paths = [...new Set(group.map(({ path }) => path))].filter((path) => path !== null)
  const shown = paths.slice(0, maxPaths).map((path) => code(shorten(path, 200)))
  if (paths.length > maxPaths) shown.push(`and ${count(paths.length - maxPaths, 'more file')}`)
  return shown.join(', ')
}
