import type { Etags } from '../ports/stores.ts'

/** An answer that is asked for again with `If-None-Match`. `value` is what was picked of it, never the whole. */
export interface KeptAnswer {
  readonly etag: string
  readonly value: unknown
}

/** Where answers of one installation are kept. */
export interface KeptAnswers {
  get(url: string): Promise<KeptAnswer | null>
  put(url: string, answer: KeptAnswer): Promise<void>
}

/** Kept in the database: shared by replicas, there after a restart. */
export function storedAnswers(etags: Etags, installation: number): KeptAnswers {
  return {
    get: (url) => etags.get(installation, url),
    put: (url, answer) => etags.put(installation, url, answer),
  }
}

/** Kept in memory, the most recently used only: for what may hold a secret, such as the title of a pull request. */
export function answersInMemory(most: number): KeptAnswers {
  const kept = new Map<string, KeptAnswer>()
  async function put(url: string, answer: KeptAnswer): Promise<void> {
    kept.delete(url)
    kept.set(url, answer)
    const oldest = kept.keys().next()
    if (kept.size > most && oldest.done !== true) kept.delete(oldest.value)
  }
  return {
    async get(url) {
      const answer = kept.get(url)
      if (answer !== undefined) await put(url, answer)
      return answer ?? null
    },
    put,
  }
}
