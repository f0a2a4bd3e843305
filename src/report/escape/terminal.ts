import { visible } from './visible.ts'

/**
 * Text from outside for a terminal or a log, on one line. Also what a build service reads in its log as an order is made
 * visible: `::set-output` where a line could begin with it, `##[…]` and `##vso[…]` anywhere.
 */
export function terminal(text: string): string {
  return visible(text)
    .replaceAll(/(?<=^|\s)::/g, '\\x3a:')
    .replaceAll(logOrder, '#\\x23')
}

/** GitHub Actions and Azure Pipelines find these in the middle of a line, too. */
export const logOrder = /##(?=\w*\[)/g
