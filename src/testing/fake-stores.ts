import { randomBytes } from 'node:crypto'

import type { EffectiveRules } from '../model/facts.ts'
import type { Scan } from '../model/gate.ts'
import type { Deliveries, StoredDelivery } from '../ports/delivery.ts'
import {
  type EvaluationRow,
  type Evaluations,
  type PullRequestRow,
  type RepositoryKey,
  type Scans,
  scanKey,
  type Stores,
} from '../ports/stores.ts'
import { Redacted } from '../std/redacted.ts'
import { fakePublications } from './fake-publications.ts'

/** Everything that is kept, in memory; each call its own copy. `now` decides when a lease is over. */
export function fakeStores(now: () => Date = () => new Date(0)): Stores {
  const pullRequests = new Map<string, PullRequestRow>()
  const etags = new Map<string, { readonly etag: string; readonly value: unknown }>()
  const inspections = new Map<string, EffectiveRules>()
  const { publications, purge: purgePublications } = fakePublications(now)
  const { evaluations, purge: purgeEvaluations } = fakeEvaluations(pullRequests)
  const { scans, purge: purgeScans } = fakeScans()
  const keys = new Map<number, Redacted>()
  const names = new Map<string, { name: string; at: number }>()
  return {
    evaluations,
    publications,
    scans,
    installations: {
      async add(installation) {
        if (!keys.has(installation)) keys.set(installation, makeKey())
      },
      async fingerprintKey(installation) {
        const key = keys.get(installation) ?? makeKey()
        keys.set(installation, key)
        return key
      },
      async purge(installation, repository) {
        const start = repository === undefined ? `${installation} ` : `${installation} ${repository} `
        for (const kept of [pullRequests, inspections, names]) forget(kept, start)
        purgePublications(start)
        purgeEvaluations(start)
        purgeScans(`${installation} `)
        forget(etags, `${installation} `)
        if (repository === undefined) keys.delete(installation)
      },
      async repositoryId(installation, fullName) {
        const called = [...names].filter(
          ([key, { name }]) =>
            key.startsWith(`${installation} `) && name.toLowerCase() === fullName.toLowerCase(),
        )
        const last = called.toSorted(([, one], [, other]) => other.at - one.at)[0]
        return last === undefined ? null : Number(last[0].split(' ')[1])
      },
      async nameRepository(key, name) {
        names.set(at(key), {
          name,
          at: names.size + Math.max(0, ...[...names.values()].map((n) => n.at)) + 1,
        })
      },
    },
    pullRequests: {
      async put(row) {
        const before = pullRequests.get(at(row, row.number)) ?? null
        pullRequests.set(at(row, row.number), row)
        return before
      },
      async remove(key, number) {
        const before = pullRequests.get(at(key, number)) ?? null
        pullRequests.delete(at(key, number))
        return before
      },
      openByHead: async (key, head) => under(pullRequests, at(key)).filter((row) => row.head === head),
      openByBase: async (key, base) => under(pullRequests, at(key)).filter((row) => row.baseBranch === base),
    },
    etags: {
      get: async (installation, url) => etags.get(`${installation} ${url}`) ?? null,
      async put(installation, url, entry) {
        etags.set(`${installation} ${url}`, structuredClone(entry))
      },
    },
    inspections: {
      async put(key, branch, rules) {
        inspections.set(at(key, branch), rules)
      },
      latest: async (key, branch) => inspections.get(at(key, branch)) ?? null,
    },
  }
}

function makeKey(): Redacted {
  return new Redacted(randomBytes(32).toString('hex'))
}

function fakeEvaluations(pullRequests: ReadonlyMap<string, PullRequestRow>) {
  const rows = new Map<string, EvaluationRow>()
  const numbers = new Map<number, number>()
  const newest = (key: RepositoryKey, matches: (row: EvaluationRow) => boolean) =>
    under(rows, at(key))
      .filter(matches)
      .toSorted((one, other) => other.number - one.number)
  const evaluations: Evaluations = {
    async next(installation) {
      const number = (numbers.get(installation) ?? 0) + 1
      numbers.set(installation, number)
      return number
    },
    async finish(row) {
      rows.set(at(row, `${row.subject} ${row.check} ${row.number}`), structuredClone(row))
    },
    latest: async (key, check) =>
      newest(key, (row) => row.subject === key.subject && row.check === check)[0] ?? null,
    async latestByHead(key, head, check) {
      const open = under(pullRequests, at(key)).filter((row) => row.head === head)
      return open.flatMap(({ number }) =>
        newest(
          key,
          (row) => row.subject === `pull/${number}` && row.head === head && row.check === check,
        ).slice(0, 1),
      )
    },
  }
  return { evaluations, purge: (start: string) => forget(rows, start) }
}

function fakeScans() {
  const rows = new Map<string, Scan>()
  const scans: Scans = {
    async get(of, keys) {
      const found = keys.flatMap((key) => {
        const scan = rows.get([of.installation, of.gate, of.version, of.digest, scanKey(key)].join(' '))
        return scan === undefined ? [] : [[scanKey(key), scan] as const]
      })
      return new Map(found)
    },
    async put(of, given) {
      for (const { key, scan } of given)
        rows.set(
          [of.installation, of.gate, of.version, of.digest, scanKey(key)].join(' '),
          structuredClone(scan),
        )
    },
  }
  return { scans, purge: (start: string) => forget(rows, start) }
}

/** The outbox, in memory. */
export function fakeDeliveries(): Deliveries {
  const kept = new Map<string, StoredDelivery>()
  const dispatched = new Set<string>()
  return {
    async insert(delivery) {
      if (kept.has(delivery.guid)) return 'known'
      kept.set(delivery.guid, structuredClone(delivery))
      return 'stored'
    },
    pending: async (limit) => [...kept.values()].filter(({ guid }) => !dispatched.has(guid)).slice(0, limit),
    async dispatched(guid) {
      dispatched.add(guid)
    },
  }
}

function at({ installation, repository }: RepositoryKey, rest: string | number = ''): string {
  return `${installation} ${repository} ${rest}`
}

function under<Row>(rows: ReadonlyMap<string, Row>, start: string): Row[] {
  return [...rows].filter(([key]) => key.startsWith(start)).map(([, row]) => row)
}

function forget(rows: Map<string, unknown>, start: string): void {
  for (const key of rows.keys()) if (key.startsWith(start)) rows.delete(key)
}
