import type { Log } from '../ports/log.ts'

/** For tests that do not ask what was logged. */
export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
}
