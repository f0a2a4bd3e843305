import { realpathSync } from 'node:fs'

import type { Repository } from '../ports/git.ts'
import { UserError } from '../std/user-error.ts'
import type { CommandContext } from './command.ts'
import { historyRange } from './judged-range.ts'
import type { Subject } from './scanned-subject.ts'
import type { VerdictFlags } from './verdict-flags.ts'
import { rootOf } from './work-tree.ts'

/** Whoever asks for a history wants all of it; git's own counters end here. */
const noLimits = { commits: 2_000_000_000, files: 2_000_000_000 }

/** Opens what was committed, for as long as the work takes. Throws `UserError` for flags that do not fit together. */
export async function withHistory<Result>(
  flags: VerdictFlags,
  context: CommandContext,
  work: (subject: Subject) => Promise<Result>,
): Promise<Result> {
  if (flags.history !== null && flags.isAll) throw wrong('--history and --all exclude each other.')
  if (flags.positionals.length > 0) throw wrong('A history is scanned whole: it takes no PATH.')
  const repository = await context.openRepository(context.cwd)
  try {
    const range = await rangeOf(repository, flags.history)
    return await work({
      kind: 'history',
      range: { base: range.base, head: range.head },
      root: rootOf(realpathSync(context.cwd)),
      gates: ['secrets'],
      repository,
      change: async () => ({ ...(await repository.change(range, noLimits)), reviewed: [] }),
      skips: [],
    })
  } finally {
    await repository.close()
  }
}

async function rangeOf(repository: Repository, history: string | null) {
  if (history !== null) return historyRange(repository, history)
  const also = await repository.tips()
  const head = (await repository.resolve('HEAD')) ?? also[0]
  if (head === undefined) throw wrong('Nothing was committed here yet.')
  return { base: null, head, also }
}

function wrong(message: string): UserError {
  return new UserError({ code: 'arguments-invalid', message, remediation: 'See portcullis scan --help.' })
}
