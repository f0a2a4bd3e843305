import { sentence } from './sentence.ts'
import { visible } from './visible.ts'

/** Text from outside inside of HTML, such as a `<summary>`, where Markdown is not read. GitHub finds no mention in `<code>`. */
export function htmlCode(text: string): string {
  const shown = visible(text)
  return `<code>${shown.trim() === '' ? '(empty)' : shown.replaceAll(/[&<>"']/g, entityOf)}</code>`
}

/** One of our sentences, which may quote names, inside of HTML. */
export function htmlProse(text: string): string {
  return sentence(text, htmlCode)
}

function entityOf(character: string): string {
  return `&#${character.charCodeAt(0)};`
}
