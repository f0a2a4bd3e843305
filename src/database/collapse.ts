import type { Job } from '../ports/queue.ts'

/**
 * One job in place of two of the same name and key, of which the first has not started. It does the work of both: what
 * the later one says, with the strongest rescan of the two, and of two pushes the whole range with where the branch stood in between.
 */
export function collapse(first: Job, second: Job): Job {
  if (first.name === 'evaluate-pull-request' && second.name === 'evaluate-pull-request')
    return { name: second.name, data: { ...second.data, ...strongestRescan(first.data, second.data) } }
  if (first.name === 'evaluate-head' && second.name === 'evaluate-head')
    return { name: second.name, data: { ...second.data, ...strongestRescan(first.data, second.data) } }
  if (first.name === 'evaluate-push' && second.name === 'evaluate-push')
    return { name: second.name, data: { ...second.data, ...wholeRange(first.data, second.data) } }
  if (first.name === 'update-installation' && second.name === 'update-installation') {
    const removed = [...new Set([...first.data.removed, ...second.data.removed])]
    return { name: second.name, data: { ...second.data, removed } }
  }
  return second
}

type Rescan = Extract<Job, { name: 'evaluate-head' }>['data']['rescan']
interface WithRescan {
  readonly rescan?: Rescan
}

function strongestRescan(first: WithRescan, second: WithRescan): { rescan?: 'again' | 'fresh' } {
  const asked = [first.rescan, second.rescan]
  if (asked.includes('fresh')) return { rescan: 'fresh' }
  return asked.includes('again') ? { rescan: 'again' } : {}
}

interface Range {
  readonly before: string
  readonly after: string
  readonly also?: readonly string[]
}

/**
 * Deliveries come out of order: whichever ends where the other begins is the earlier one. Where the earlier one ended is
 * kept beside the range: after a forced push its commits are part of no history of the later one, and were pushed.
 */
function wholeRange(first: Range, second: Range): Required<Range> {
  const [earlier, later] = second.after === first.before ? [second, first] : [first, second]
  const between = new Set([...(earlier.also ?? []), earlier.after, ...(later.also ?? [])])
  between.delete(later.after)
  return { before: earlier.before, after: later.after, also: [...between] }
}
