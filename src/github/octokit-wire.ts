import { AnswerTooLarge } from '../ports/github-errors.ts'
import type { Answer, Call, Wire } from './call.ts'
import { NotAnswered } from './call.ts'
import { cappedFetch } from './capped-fetch.ts'
import type { GitHubClock } from './clock.ts'

/** What Octokit and ProbotOctokit have in common. */
interface Requester {
  request(
    route: string,
    parameters: Record<string, unknown>,
  ): Promise<{ readonly status: number; readonly headers: object; readonly data: unknown }>
}

const timeoutMs = 10_000

/** The version that the answers are read by. https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const version = { 'x-github-api-version': '2022-11-28' }

/** Octokit prints what it sends, bodies included, and warns on the console: it gets a log that keeps nothing. */
export const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Sends through Octokit. Its errors hold the request and the answer, so none of them leaves this function. */
export function octokitWire(octokit: Requester, clock: GitHubClock): Wire {
  return async (call, headers) => {
    try {
      return answerOf(
        await octokit.request(`${call.method} ${call.path}`, parametersOf(call, headers, clock)),
      )
    } catch (error) {
      if (hasAnswer(error)) return answerOf(error.response)
      if (error instanceof Error && error.cause instanceof AnswerTooLarge)
        throw new AnswerTooLarge(`The answer to ${call.path} is too large.`)
      // Octokit gives each failure of the network a status, and to nothing else.
      if (error instanceof Error && 'status' in error)
        throw new NotAnswered(`No answer to ${call.method} ${call.path}.`)
      throw error
    }
  }
}

function parametersOf(
  call: Call,
  headers: Readonly<Record<string, string>>,
  clock: GitHubClock,
): Record<string, unknown> {
  return {
    ...call.query,
    ...(call.body === undefined ? {} : { data: call.body }),
    headers: { ...version, ...headers },
    request: {
      fetch: cappedFetch((date) => clock.learn(date)),
      signal: AbortSignal.timeout(timeoutMs),
      log: silent,
    },
  }
}

function answerOf({ status, headers, data }: { status: number; headers: object; data: unknown }): Answer {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) texts[name.toLowerCase()] = String(value)
  return { status, headers: texts, data }
}

function hasAnswer(
  error: unknown,
): error is Error & { response: { status: number; headers: object; data: unknown } } {
  return error instanceof Error && 'response' in error && typeof error.response === 'object'
}
