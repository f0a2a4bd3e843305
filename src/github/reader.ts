import { z } from 'zod'

import { AnswerTooLarge, Gone } from '../ports/github-errors.ts'
import type { Age } from '../ports/github.ts'
import { absence, conditionOf, isAbsent } from './absence.ts'
import type { Answer, Call, Permission, Priority } from './call.ts'
import { urlOf } from './call.ts'
import type { Caller } from './caller.ts'
import type { KeptAnswers } from './kept-answers.ts'

/** What is read. `keep` says where the picked value may be kept; `nowhere` asks without a condition. */
export interface Reading {
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly permission: Permission
  readonly priority: Priority
  readonly keep: 'stored' | 'in-memory' | 'nowhere'
  /** With `recent` a 404 is taken for true for some minutes. Without it never. */
  readonly age?: Age
}

/** Reads JSON, conditionally where there is something to compare with. A 304 costs none of the hourly quota. */
export interface Reader {
  /** Throws {@link Gone} for a 404. */
  one<T>(reading: Reading, pick: z.ZodType<T>): Promise<T>
  /** Null for a 404, and for nothing else. */
  oneOrNull<T>(reading: Reading, pick: z.ZodType<T>): Promise<T | null>
  /** All pages. Throws {@link Gone} for a 404, {@link AnswerTooLarge} for more pages than we read. */
  all<T>(reading: Reading, pick: z.ZodType<T>): Promise<T[]>
  allOrNull<T>(reading: Reading, pick: z.ZodType<T>): Promise<T[] | null>
  /** The same of a list whose pages are found by cursors, the newest item first. */
  newestOrNull<T>(reading: Reading, pick: z.ZodType<T>): Promise<T[] | null>
}

export interface ReaderParts {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly caller: Caller
  readonly stored: KeptAnswers
  readonly inMemory: KeptAnswers
}

/** 100 pages: 10,000 items. */
const [mostPages, pageSize] = [100, 100] as const

/** Of a history, which grows with what nobody asks for: 1,000 items. */
const mostCursors = 10

export function openReader(parts: ReaderParts): Reader {
  async function oneOrNull<T>(reading: Reading, pick: z.ZodType<T>): Promise<T | null> {
    return read(parts, reading, pick, ({ data }) => pick.parse(data))
  }

  async function allOrNull<T>(reading: Reading, pick: z.ZodType<T>): Promise<T[] | null> {
    const Page = z.object({ items: z.array(pick), hasNext: z.boolean() })
    const items: T[] = []
    for (let page = 1; page <= mostPages; page++) {
      const paged = { ...reading, query: { ...reading.query, per_page: pageSize, page } }
      const found = await read(parts, paged, Page, ({ data, headers }) => ({
        items: z.array(pick).parse(data),
        hasNext: linksToNext(headers),
      }))
      if (found === null && page === 1) return null
      const { items: more, hasNext } = present(reading, found)
      items.push(...more)
      // A full page is never taken for the last: a kept one does not change when the first item after it appears.
      if (!hasNext && more.length < pageSize) return items
    }
    throw new AnswerTooLarge(`${reading.path} has more than ${mostPages * pageSize} items.`)
  }

  /** What is new changes the first page, and a page after a cursor stays as it is: a kept one is never too short. */
  async function newestOrNull<T>(reading: Reading, pick: z.ZodType<T>): Promise<T[] | null> {
    const Page = z.object({ items: z.array(pick), next: z.string().nullable() })
    const items: T[] = []
    let after: string | null = null
    for (let page = 1; page <= mostCursors; page++) {
      const cursor: { readonly after?: string } = after === null ? {} : { after }
      const paged = { ...reading, query: { ...reading.query, per_page: pageSize, ...cursor } }
      const found: z.infer<typeof Page> | null = await read(parts, paged, Page, ({ data, headers }) => ({
        items: z.array(pick).parse(data),
        next: cursorIn(headers),
      }))
      if (found === null && page === 1) return null
      const { items: more, next } = present(reading, found)
      items.push(...more)
      if (next === null) return items
      after = next
    }
    throw new AnswerTooLarge(`${reading.path} has more than ${mostCursors * pageSize} items.`)
  }

  return {
    oneOrNull,
    allOrNull,
    newestOrNull,
    one: async (reading, pick) => present(reading, await oneOrNull(reading, pick)),
    all: async (reading, pick) => present(reading, await allOrNull(reading, pick)),
  }
}

async function read<T>(
  { caller, now, ...places }: ReaderParts,
  reading: Reading,
  kept: z.ZodType<T>,
  pick: (answer: Answer) => T,
): Promise<T | null> {
  const call: Call = { method: 'GET', ...reading }
  const place = placeOf(places, reading)
  const url = urlOf(call)
  const known = await place?.get(url)
  if (reading.age === 'recent' && isAbsent(known, now())) return null
  // What an older version kept may have another shape: then it is as if nothing had been kept.
  const value = kept.safeParse(known?.value)
  const answer = await caller.send(call, value.success ? conditionOf(known) : {})
  if (answer.status === 404) {
    if (reading.age !== undefined) await place?.put(url, absence(now()))
    return null
  }
  if (answer.status === 304 && value.success) return value.data
  return remember({ place, url }, answer, pick(answer))
}

async function remember<T>(
  { place, url }: { readonly place: KeptAnswers | null; readonly url: string },
  { headers }: Answer,
  value: T,
): Promise<T> {
  const etag = headers['etag']
  if (etag !== undefined) await place?.put(url, { etag, value })
  return value
}

function placeOf(
  { stored, inMemory }: Pick<ReaderParts, 'stored' | 'inMemory'>,
  { keep }: Reading,
): KeptAnswers | null {
  if (keep === 'nowhere') return null
  return keep === 'stored' ? stored : inMemory
}

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function linksToNext(headers: Answer['headers']): boolean {
  return /;\s*rel="next"/.test(headers['link'] ?? '')
}

/** Of the link to the next page; null on the last. */
function cursorIn(headers: Answer['headers']): string | null {
  const address = /<([^>]*)>;\s*rel="next"/.exec(headers['link'] ?? '')?.[1]
  return address === undefined ? null : new URL(address).searchParams.get('after')
}

function present<T>({ path }: Reading, value: T | null): T {
  if (value === null) throw new Gone(`${path} does not exist, or not for us.`)
  return value
}
