import type { Answer } from './answer.ts'

/** A list of which one page is answered. `wrap` puts the page into an object where GitHub does so. */
export interface Listing {
  readonly items: readonly unknown[]
  readonly wrap?: (page: readonly unknown[], total: number) => unknown
}

/** GitHub's page: 30 unless asked for, at most 100. `self` is the address that was asked. */
export function paginated(listing: Listing, self: URL): Answer {
  const size = Math.min(Math.max(Number(self.searchParams.get('per_page') ?? 30), 1), 100)
  const page = Math.max(Number(self.searchParams.get('page') ?? 1), 1)
  const { items, wrap } = listing
  const shown = items.slice((page - 1) * size, page * size)
  const last = Math.max(Math.ceil(items.length / size), 1)
  const link = links(self, page, last)
  return {
    status: 200,
    body: wrap === undefined ? shown : wrap(shown, items.length),
    ...(link === '' ? {} : { headers: { link } }),
  }
}

function links(self: URL, page: number, last: number): string {
  const targets: [string, number][] = []
  if (page > 1) targets.push(['prev', page - 1])
  if (page < last) targets.push(['next', page + 1], ['last', last])
  if (page > 1) targets.push(['first', 1])
  return targets.map(([relation, to]) => `<${withPage(self, to)}>; rel="${relation}"`).join(', ')
}

function withPage(self: URL, page: number): string {
  const url = new URL(self)
  url.searchParams.set('page', String(page))
  return url.href
}
