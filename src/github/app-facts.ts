import { z } from 'zod'

import { CredentialsRefused } from '../ports/github-errors.ts'
import { path } from './call.ts'
import type { Caller } from './caller.ts'
import { answersInMemory } from './kept-answers.ts'
import { openReader } from './reader.ts'

const permissions = z.record(z.string(), z.string())

const App = z.object({
  id: z.int().positive(),
  slug: z.string(),
  permissions,
  events: z.array(z.string()),
})

/** What GitHub knows of our App. Permissions by name: `read`, `write` or `admin`. */
export type AppFacts = z.infer<typeof App>

const Installation = z.object({
  id: z.int().positive(),
  account: z.object({ login: z.string().optional(), slug: z.string().optional() }).nullable(),
  suspended_at: z.string().nullish(),
  permissions,
  events: z.array(z.string()),
})

/** Where the App is installed, and what was granted there: it may lag behind what the App asks for. */
export interface InstallationFacts {
  readonly id: number
  /** Login of the organisation or the person; null where GitHub names none. */
  readonly account: string | null
  readonly isSuspended: boolean
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
}

const reading = {
  permission: { name: 'metadata', level: 'read' },
  priority: 'background',
  keep: 'nowhere',
} as const

/** GitHub answers 404 to an App id that does not exist. https://docs.github.com/en/rest/apps/apps#get-the-authenticated-app */
export async function readApp(caller: Caller): Promise<AppFacts> {
  const found = await readerOf(caller).oneOrNull({ ...reading, path: path`/app` }, App)
  if (found === null) throw new CredentialsRefused('GitHub knows no App with this id. Check APP_ID.')
  return found
}

/** `…#list-installations-for-the-authenticated-app` */
export async function readInstallations(caller: Caller): Promise<InstallationFacts[]> {
  const found = await readerOf(caller).all({ ...reading, path: path`/app/installations` }, Installation)
  return found.map(({ id, account, suspended_at, permissions: granted, events }) => ({
    id,
    account: account?.login ?? account?.slug ?? null,
    isSuspended: typeof suspended_at === 'string',
    permissions: granted,
    events,
  }))
}

const Webhook = z.object({ url: z.string().nullish() })

/** Where GitHub sends deliveries; null where no address is set. https://docs.github.com/en/rest/apps/webhooks */
export async function readWebhookUrl(caller: Caller): Promise<string | null> {
  const { url } = await readerOf(caller).one({ ...reading, path: path`/app/hook/config` }, Webhook)
  return url === undefined || url === '' ? null : url
}

function readerOf(caller: Caller): ReturnType<typeof openReader> {
  const nothingKept = answersInMemory(0)
  return openReader({ caller, stored: nothingKept, inMemory: nothingKept, now: () => 0 })
}
