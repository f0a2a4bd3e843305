import { visible } from './visible.ts'

/**
 * Text for a SARIF message, where `[words](target)` is a link and `{0}` stands for an argument. Only what would be one of
 * them is escaped, because few viewers undo the escapes. SARIF 2.1.0, §3.11.5 and §3.11.6.
 */
export function sarifMessage(text: string): string {
  const one = visible(text)
  // All braces are doubled then, because in `{{{0}}}` the inner one would stand for an argument again.
  const shown = /\{\d+\}/.test(one) ? one.replaceAll(/[{}]/g, '$&$&') : one
  return shown.includes('](') ? shown.replaceAll(/[\\[\]]/g, '\\$&') : shown
}
