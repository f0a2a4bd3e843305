import { visible } from './visible.ts'

/**
 * The message of a workflow command. Its lines stay lines; a lone carriage return, which the runner would turn back into
 * one and which overwrites a line, stays visible.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function commandData(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => visible(line).replaceAll('%', '%25'))
    .join('%0A')
}

/** A property of a workflow command, where `:` and `,` separate. On one line, because a title or a file name is. */
export function commandProperty(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C')
}
