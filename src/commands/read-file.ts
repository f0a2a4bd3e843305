import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { UserError } from '../std/user-error.ts'

/** Reads a file that a flag names, as text. Throws `UserError` where it cannot be read. */
export function readNamedFile(cwd: string, flag: string, file: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8')
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    const details = {
      message: `${flag} ${file} cannot be read (${String(error.code)}).`,
      remediation: 'Check the path.',
    }
    throw new UserError({ code: 'arguments-invalid', ...details }, { cause: error })
  }
}
