import { Octokit } from '@octokit/rest'

import type { GitHub } from '../ports/github.ts'
import type { Log } from '../ports/log.ts'
import type { Redacted } from '../std/redacted.ts'
import { Budget } from './budget.ts'
import { openCaller } from './caller.ts'
import { gitHubClock } from './clock.ts'
import { gitHubClient } from './github-client.ts'
import type { GitHubHost } from './host.ts'
import { apiUrl } from './host.ts'
import { answersInMemory } from './kept-answers.ts'
import { octokitWire, silent } from './octokit-wire.ts'
import type { Timers } from './timers.ts'
import { nodeTimers } from './timers.ts'
import { tokenCredentials } from './token-credentials.ts'

export interface TokenOptions extends GitHubHost {
  readonly token: Redacted
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: Log
  readonly timers?: Timers
}

/** GitHub as the owner of a token, for the command line: it knows no App and keeps nothing on disk. */
export function openGitHubWithToken(options: TokenOptions): GitHub {
  const { token, now, log, timers = nodeTimers } = options
  const clock = gitHubClock(now, log)
  const wire = octokitWire(new Octokit({ baseUrl: apiUrl(options), log: silent }), clock)
  const credentials = tokenCredentials(token)
  const budget = new Budget(clock.now, timers)
  return gitHubClient({
    caller: openCaller({ wire, credentials, budget, clock, timers }),
    host: options,
    stored: answersInMemory(100),
    app: null,
    now: clock.now,
    cloneToken: async () => token,
  })
}
