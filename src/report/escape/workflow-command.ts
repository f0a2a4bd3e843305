import { visible } from './visible.ts'

/** The data of a workflow command. https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions */
export function commandData(text: string): string {
  return visible(text).replaceAll('%', '%25')
}

/** A property of a workflow command, where `:` and `,` separate. */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
