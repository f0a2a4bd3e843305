import { spawnSync } from 'node:child_process'

import { printTo } from './print.ts'
import type { Print } from './print.ts'

/** What a story has at hand. */
export interface Scene {
  readonly print: Print
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal
  /** Has something closed when the demo ends, however it ends; its log is shown if it ends badly. */
  own(close: () => unknown, log?: () => readonly string[]): void
}

class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Plays a story on the terminal, and leaves nothing behind. Returns the exit code. */
export async function perform(story: (scene: Scene) => Promise<void>): Promise<number> {
  const print = printTo(process.stdout, process.env['NO_COLOR'])
  const interruption = new AbortController()
  // Only once: whoever presses Ctrl-C again does not want to wait for the end.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      process.stderr.write('\nInterrupted: the App is ended and the temporary folders are removed.\n')
      interruption.abort(new Interrupted('interrupted'))
    })
  const owned: { close: () => unknown; log: () => readonly string[] }[] = []
  try {
    assertNode(process.version)
    assertGit()
    await story({
      print,
      interrupted: interruption.signal,
      own: (close, log = () => []) => void owned.unshift({ close, log }),
    })
    return 0
  } catch (error) {
    if (interruption.signal.aborted) return 130
    return failed(
      error,
      owned.flatMap(({ log }) => log()),
    )
  } finally {
    for (const { close } of owned) await close()
  }
}

/** npm puts the right Node first on PATH; whoever starts the file otherwise may have another. */
function assertNode(version: string): void {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 15)) return
  throw new Error(
    `this is Node ${version}, and Portcullis needs 24.15 or newer. Run \`npm ci\`, then \`npm run demo\`.`,
  )
}

function assertGit(): void {
  if (spawnSync('git', ['--version']).status !== 0)
    throw new Error('git cannot be run. Install git 2.38 or newer, and put it on PATH.')
}

const shownLines = 15

function failed(error: unknown, log: readonly string[]): number {
  const lines = [`The demo failed: ${error instanceof Error ? error.message : String(error)}`]
  if (log.length > 0) lines.push('', 'The last lines that the App logged:', ...log.slice(-shownLines))
  process.stderr.write(`\n${lines.join('\n')}\n`)
  return 1
}
