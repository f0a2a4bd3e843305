import { Facts } from '../model/facts.ts'
import { UserError } from '../std/user-error.ts'
import { readNamedFile } from './read-file.ts'

/** The file of `--facts`. Throws `UserError` where it is not what `portcullis facts` prints. */
export function readFactsFile(cwd: string, file: string): Facts {
  const text = readNamedFile(cwd, '--facts', file)
  const parsed = Facts.safeParse(parseJson(file, text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalid(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not facts'}.`)
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid(file, 'it is not JSON.')
    throw error
  }
}

function invalid(file: string, reason: string): UserError {
  const remediation = 'Make it anew with portcullis facts OWNER/REPO#N.'
  return new UserError({
    code: 'arguments-invalid',
    message: `--facts cannot be used: ${reason}`,
    remediation,
    file,
  })
}
