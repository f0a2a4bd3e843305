import type { CommandContext } from '../commands/command.ts'
import type { FakeGitHub } from './fake-github.ts'
import { fakeGitHub } from './fake-github.ts'

/** A command's world in memory, without a repository, and what it printed on stdout. */
export function commandContext(github: FakeGitHub = fakeGitHub()): CommandContext & { printed(): string } {
  let printed = ''
  return {
    cwd: '/',
    version: '0.0.0',
    today: '2026-11-24',
    out: (text) => void (printed += text),
    err: () => {},
    isTerminal: false,
    color: false,
    openRepository: () => Promise.reject(new Error('There is no repository.')),
    openGitHub: async () => github,
    printed: () => printed,
  }
}
