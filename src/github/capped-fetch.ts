import { AnswerTooLarge } from '../ports/github-errors.ts'

/** 100 commits with long messages are the largest page that we read: some MB. */
const maxBytes = 16 * 1024 * 1024

/** Statuses that have no body, and to which `Response` refuses to give one. */
const bodiless = new Set([204, 205, 304])

/**
 * `fetch` that reads the whole body before it answers and stops at {@link maxBytes}: Octokit takes a body that breaks off
 * for an empty one. Throws {@link AnswerTooLarge}, and what `fetch` throws. `sawDate` gets the `Date` of every answer.
 */
export function cappedFetch(sawDate: (date: string | null) => void): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    sawDate(response.headers.get('date'))
    const { status, statusText, headers } = response
    const bytes = await readAll(response)
    return new Response(bodiless.has(status) ? null : bytes, { status, statusText, headers })
  }
}

async function readAll(response: Response): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  const body: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = response.body ?? []
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > maxBytes) throw new AnswerTooLarge(`more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
