import type { Job } from '../ports/queue.ts'

/**
 * One job in place of two of the same name and key, of which the first has not started. It does the work of both: what
 * the later one says, with the strongest rescan of the two, and of two pushes that follow each other the whole range.
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
}

/** Deliveries come out of order: whichever ends where the other begins is the earlier one. */
function wholeRange(first: Range, second: Range): Range {
  if (second.after === first.before) return { before: second.before, after: first.after }
  return { before: first.before, after: second.after }
}
