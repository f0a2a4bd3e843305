import type { Notification } from 'sarif'

import type { Verdict, VerdictSkip } from '../model/verdict.ts'
import { sarifMessage } from './escape/sarif-message.ts'
import { artifactOf } from './sarif-artifact.ts'
import { count } from './words.ts'

/** What was not looked at, and what is still waited for: nobody may take silence for health. */
export function notificationsOf({ skips, gates, waiting }: Verdict): Notification[] {
  const unevaluated = gates.filter(({ outcome }) => outcome === 'not-evaluated')
  return [
    ...skips.map(skipped),
    ...unevaluated.map(({ gate, lookedAt }) => notice(`The gate ${gate} was not evaluated: ${lookedAt}`)),
    ...waiting.map(({ requirement, needs, has }) =>
      notice(`${requirement} has ${has} of ${count(needs, 'approval')}.`),
    ),
  ]
}

function skipped({ gate, path, reason, blocks }: VerdictSkip): Notification {
  return {
    level: blocks ? 'error' : 'warning',
    message: { text: sarifMessage(`Not looked at by ${gate}: ${reason}`) },
    ...(path === null ? {} : { locations: [{ physicalLocation: { artifactLocation: artifactOf(path) } }] }),
  }
}

function notice(text: string): Notification {
  return { level: 'note', message: { text: sarifMessage(text) } }
}
