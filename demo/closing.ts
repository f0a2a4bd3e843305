import type { LoggedRequest } from '../github-simulator/request-log.ts'
import { seconds } from './print.ts'
import type { Stage } from './stage.ts'

/** What the whole demo came to. */
export interface Closing {
  readonly lines: readonly string[]
  /** Null if everything is as it should be. */
  readonly problem: string | null
}

/** Counts what happened, from what the simulated GitHub has seen, and looks for the token in all that was written. */
export function closing(stage: Stage, about: { token: string; printed: string; totalMs: number }): Closing {
  const { simulator, cast, judgements, world } = stage
  const rest = simulator.requests.filter(isOfTheApp)
  const free = rest.filter(({ costsQuota }) => !costsQuota).length
  const fetches = simulator.requests.filter(
    ({ kind, method, installation }) => kind === 'git' && method === 'GET' && installation !== null,
  )
  const { all } = simulator.deliveries
  const accepted = all.filter(({ attempts }) => attempts.at(-1)?.statusCode === 202).length
  const times = judgements.map(({ ms }) => ms)
  const written = [...runTexts(stage), ...commentTexts(stage), ...world.app.output, about.printed]
  const leaks = written.filter((text) => text.includes(about.token)).length
  const { violations } = simulator
  return {
    lines: [
      `${judgements.length} verdicts: ${judgements.map(({ run }) => run.conclusion).join(', ')}.`,
      `From an event to its check run: ${seconds(Math.min(...times))} to ${seconds(Math.max(...times))}, because events that follow within 3\u00a0s are judged together; the demo took ${seconds(about.totalMs)}.`,
      `The App made ${rest.length} REST calls (${free} cost no quota) and ${fetches.length} git fetches; ${accepted} of ${all.length} webhooks were stored, then acknowledged.`,
      `The token was looked for in ${cast.repository.checkRuns.length} check runs, ${world.app.output.length} log lines and this output: found ${leaks} times.`,
      `GitHub's API description and the permissions in app.yml: ${violations.length} violations.`,
    ],
    problem: problemOf(leaks, violations),
  }
}

/** Not of the person at the laptop. */
function isOfTheApp({ kind, installation, route }: LoggedRequest): boolean {
  return kind === 'rest' && (installation !== null || /^\/app\b|\/installation$/.test(route))
}

function runTexts({ cast }: Stage): string[] {
  return cast.repository.checkRuns.map((run) => JSON.stringify(run))
}

function commentTexts({ cast }: Stage): string[] {
  return [...cast.repository.comments.values()].map(({ body }) => body)
}

function problemOf(leaks: number, violations: Stage['simulator']['violations']): string | null {
  if (leaks > 0) return 'the token was written somewhere'
  const [first] = violations
  return first === undefined ? null : `GitHub would not have taken this: ${first.operation}: ${first.message}`
}
