import { Octokit } from '@octokit/rest'

import type { GitHub } from '../ports/github.ts'
import type { Log } from '../ports/log.ts'
import type { Etags } from '../ports/stores.ts'
import type { Redacted } from '../std/redacted.ts'
import { appLogin } from './app-credentials.ts'
import type { AppFacts, InstallationFacts } from './app-facts.ts'
import { readApp, readInstallations, readWebhookUrl } from './app-facts.ts'
import { Budget } from './budget.ts'
import type { Caller } from './caller.ts'
import { openCaller } from './caller.ts'
import { gitHubClock } from './clock.ts'
import { gitHubClient } from './github-client.ts'
import type { GitHubHost } from './host.ts'
import { apiUrl } from './host.ts'
import { installationCredentials } from './installation-credentials.ts'
import { openInstallationTokens } from './installation-tokens.ts'
import { storedAnswers } from './kept-answers.ts'
import { octokitWire, silent } from './octokit-wire.ts'
import type { Timers } from './timers.ts'
import { nodeTimers } from './timers.ts'

export interface AppOptions extends GitHubHost {
  readonly appId: number
  readonly privateKey: Redacted
  readonly etags: Etags
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: Log
  readonly timers?: Timers
}

/** GitHub as the App. */
export interface GitHubApp {
  /** The same object for the same installation: its budget and its tokens belong to it. */
  forInstallation(installation: number): GitHub
  /** Forgets the tokens and what is held in memory of an installation that was removed. */
  forgetInstallation(installation: number): void
  app(): Promise<AppFacts>
  installations(): Promise<readonly InstallationFacts[]>
  /** Where GitHub sends deliveries; null where no address is set. */
  webhookUrl(): Promise<string | null>
  /** How far our clock is ahead of GitHub's, seconds; 0 while that does no harm. */
  skewSeconds(): number
  /** Calls as the App itself. For this folder. */
  readonly caller: Caller
}

export function openGitHubApp(options: AppOptions): GitHubApp {
  const { appId, privateKey, etags, now, log, timers = nodeTimers } = options
  const clock = gitHubClock(now, log)
  const baseUrl = apiUrl(options)
  const login = appLogin({ appId, privateKey, baseUrl }, clock)
  const appCaller = openCaller({ ...login, budget: new Budget(clock.now, timers), clock, timers })
  const wire = octokitWire(new Octokit({ baseUrl, log: silent }), clock)
  const open = new Map<number, GitHub>()

  function openInstallation(installation: number): GitHub {
    const tokens = openInstallationTokens(installation, appCaller, clock.now)
    const credentials = installationCredentials(tokens, clock.now)
    const budget = new Budget(clock.now, timers)
    return gitHubClient({
      caller: openCaller({ wire, credentials, budget, clock, timers }),
      host: options,
      stored: storedAnswers(etags, installation),
      app: appId,
      now: clock.now,
      cloneToken: async (name) => (await tokens.forClone(name)).token,
    })
  }

  return {
    forInstallation(installation) {
      const github = open.get(installation) ?? openInstallation(installation)
      open.set(installation, github)
      return github
    },
    forgetInstallation: (installation) => void open.delete(installation),
    app: () => readApp(appCaller),
    installations: () => readInstallations(appCaller),
    webhookUrl: () => readWebhookUrl(appCaller),
    skewSeconds: () => clock.skewSeconds(),
    caller: appCaller,
  }
}
