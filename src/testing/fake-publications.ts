import type { PublicationKey, Publications, Published } from '../ports/stores.ts'

interface Kept {
  last: Published | null
  lease: { readonly holder: number; readonly until: number } | null
}

/** Who may write a check, in memory. */
export function fakePublications(now: () => Date) {
  const rows = new Map<string, Kept>()
  const publications: Publications = {
    async claim(key, evaluation, leaseMs) {
      const row = rows.get(at(key)) ?? { last: null, lease: null }
      if (row.last !== null && row.last.evaluation > evaluation) return { kind: 'superseded' }
      const time = now().getTime()
      if (row.lease !== null && row.lease.holder !== evaluation && row.lease.until > time)
        return { kind: 'busy' }
      rows.set(at(key), { ...row, lease: { holder: evaluation, until: time + leaseMs } })
      return { kind: 'claimed', last: row.last }
    },
    async release(key, evaluation, published) {
      const row = rows.get(at(key))
      if (row?.lease?.holder !== evaluation) return
      rows.set(at(key), { last: published ?? row.last, lease: null })
    },
  }
  const purge = (start: string) => {
    for (const key of rows.keys()) if (key.startsWith(start)) rows.delete(key)
  }
  return { publications, purge }
}

function at({ installation, repository, check, head }: PublicationKey): string {
  return `${installation} ${repository} ${head} ${check}`
}
