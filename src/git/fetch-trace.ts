import { basename } from 'node:path'

import { z } from 'zod'

/** How an exchange with a remote ended. `answered`: the remote was reached, and refused what was asked for. */
export type ExchangeEnd = 'done' | 'unreachable' | 'objects-refused' | 'answered' | 'failed-here'

const Event = z.object({
  event: z.string(),
  sid: z.string(),
  argv: z.array(z.string()).optional(),
  code: z.number().optional(),
})

/** Ends of the processes of one `git fetch`, from https://git-scm.com/docs/api-trace2#_the_event_format_target. */
export class FetchTrace {
  readonly #transports = new Set<string>()
  readonly #unpackers = new Set<string>()
  #text = ''
  #isTransportBroken = false
  #isPackRefused = false

  readonly push = (chunk: Buffer): void => {
    const lines = (this.#text + chunk.toString()).split('\n')
    this.#text = lines.pop() ?? ''
    for (const line of lines) this.#event(line)
  }

  /** `code` is the exit code of the fetch itself: 128 where it gave up, 1 where it could not write a ref. */
  end(code: number): ExchangeEnd {
    if (code === 0) return 'done'
    if (this.#isTransportBroken) return 'unreachable'
    if (this.#isPackRefused) return 'objects-refused'
    return code === 128 ? 'answered' : 'failed-here'
  }

  #event(line: string): void {
    const { event, sid, argv, code } = Event.parse(JSON.parse(line))
    if (event === 'start') this.#started(sid, argv ?? [])
    // 141 is SIGPIPE: the fetch gave up first, and that is no word about the network.
    const isFailed = event === 'error' || (event === 'exit' && code !== 0 && code !== 141)
    if (isFailed && this.#transports.has(sid)) this.#isTransportBroken = true
    if (isFailed && this.#unpackers.has(sid)) this.#isPackRefused = true
  }

  #started(sid: string, argv: readonly string[]): void {
    if (/^git-remote-https?$/.test(basename(argv[0] ?? ''))) this.#transports.add(sid)
    if (argv[1] === 'index-pack' || argv[1] === 'unpack-objects') this.#unpackers.add(sid)
  }
}
