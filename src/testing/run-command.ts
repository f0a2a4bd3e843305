import type { Command } from '../commands/command.ts'
import { Git } from '../git/git.ts'
import { openLocal } from '../git/local.ts'
import { Verdict } from '../model/verdict.ts'
import { UserError } from '../std/user-error.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command in this process, with git behind it, and gives what the command line would give. */
export async function runCommand(command: Command, cwd: string, args: readonly string[]): Promise<Ran> {
  const said = { out: '', err: '' }
  const context = {
    cwd,
    version: '0.0.0',
    today: '2030-01-01',
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    isTerminal: false,
    color: false,
    openRepository: (folder: string) => openLocal(folder, new Git({ path: process.env['PATH'] ?? '' })),
    openGitHub: () => Promise.reject(new Error('there is no GitHub here')),
  }
  try {
    return { code: await command.run(args, context), ...said }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { ...said, code: 2, err: `${said.err}${error.message}\n` }
  }
}

/** What `-f json` printed, which must be a verdict. */
export function verdictOf({ out }: Pick<Ran, 'out'>): Verdict {
  return Verdict.parse(JSON.parse(out))
}
