import type { Log } from '../ports/log.ts'
import type { Answer } from './answer.ts'
import { inTime } from './in-time.ts'

/** One thing that must be so before work can be done, and a sentence for the person who reads why it is not. */
export interface Readiness {
  readonly name: string
  readonly isReady: boolean
  readonly message: string
}

export type ReadinessCheck = () => Promise<readonly Readiness[]>

/** What `GET /readyz` answers. Anybody may ask, so those who ask at the same time get the answer of one check. */
export function readyAnswers(
  check: ReadinessCheck,
  { ms, log }: { ms: number; log: Log },
): () => Promise<Answer> {
  let asked: Promise<readonly Readiness[]> | null = null
  return async () => {
    asked ??= checked(check, log).finally(() => {
      asked = null
    })
    const items = await inTime(ms, asked)
    return asAnswer(items === 'late' ? [notKnown('The checks have not answered in time.')] : items)
  }
}

async function checked(check: ReadinessCheck, log: Log): Promise<readonly Readiness[]> {
  try {
    return await check()
  } catch (error) {
    // Not ready is the safe side. What was thrown is for the log: a stranger reads the answer.
    log.error({ err: error }, 'readiness check failed')
    return [notKnown('The checks could not be made; the log says why.')]
  }
}

function notKnown(message: string): Readiness {
  return { name: 'readiness', isReady: false, message }
}

function asAnswer(items: readonly Readiness[]): Answer {
  const ready = items.every(({ isReady }) => isReady)
  const shown = items.map(({ name, isReady, message }) => ({ name, ready: isReady, message }))
  return {
    status: ready ? 200 : 503,
    body: `${JSON.stringify({ ready, items: shown }, null, 2)}\n`,
    headers: { 'content-type': 'application/json; charset=utf-8' },
  }
}
