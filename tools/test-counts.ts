import type { TestEvent } from 'node:test/reporters'

/** A reporter that writes how many tests passed, failed and were skipped. Suites are not counted. */
// oxlint-disable-next-line import/no-default-export -- the test runner takes a reporter from there
export default async function* counts(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    // Each file has a summary of its own; the one without a file sums them up.
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue
    const { tests, passed, skipped, todo } = event.data.counts
    yield JSON.stringify({ passed, failed: tests - passed - skipped - todo, skipped })
  }
}
