import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'

import { Facts } from '../model/facts.ts'
import type { PolicyInput } from '../policy/load-policy.ts'
import { policyFilePath } from '../policy/policy-paths.ts'
import { UserError } from '../std/user-error.ts'

/** What `lint` and `explain` take alike. */
export interface PolicyArguments {
  readonly positionals: readonly string[]
  readonly policy: string | undefined
  readonly facts: string | undefined
  readonly rule: string | undefined
  readonly isOrganisation: boolean
}

export const policyOptionsHelp = `  --facts FILE      lay the file over the organisation's policy that these facts hold
  --organisation    the file is an organisation's policy, not a repository's
`

/** Throws `UserError` for an option that there is not, or one without its value. */
export function readArguments(args: readonly string[]): PolicyArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        policy: { type: 'string' },
        facts: { type: 'string' },
        rule: { type: 'string' },
        organisation: { type: 'boolean', default: false },
      },
    })
    const { policy, facts, rule, organisation } = values
    return { positionals, policy, facts, rule, isOrganisation: organisation }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const remediation = 'See portcullis policy --help.'
    throw new UserError(
      { code: 'arguments-invalid', message: `${error.message}.`, remediation },
      { cause: error },
    )
  }
}

/** The files of a policy as they lie on disk. `file` null: the work tree's own, which need not be there. */
export function readPolicyFiles(cwd: string, file: string | null, options: PolicyArguments): PolicyInput {
  const path = file === null ? join(workTree(cwd), policyFilePath) : resolve(cwd, file)
  const isThere = file !== null || existsSync(path)
  const label = file === null ? policyFilePath : relative(cwd, path).split(sep).join('/')
  const own = isThere ? { path: label, oid: null, text: read(path) } : null
  const today = new Date().toISOString().slice(0, 10)
  const organisation = options.facts === undefined ? null : organisationIn(resolve(cwd, options.facts))
  if (!options.isOrganisation) return { repository: own, organisation, today }
  const asOrganisation = own === null ? null : { repository: label, oid: null, text: own.text }
  return { repository: null, organisation: asOrganisation, today }
}

/** The top of the work tree around a folder; the folder itself where there is none. */
function workTree(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return folder
  }
}

function organisationIn(path: string): PolicyInput['organisation'] {
  const parsed = Facts.safeParse(json(path))
  if (parsed.success) return parsed.data.organisationPolicy
  const message = `${path} does not hold facts: ${parsed.error.issues[0]?.path.join('.') ?? ''} is not as expected.`
  throw new UserError({ code: 'arguments-invalid', message, remediation: 'Make it with portcullis facts.' })
}

function json(path: string): unknown {
  try {
    return JSON.parse(read(path))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const remediation = 'Make it with portcullis facts.'
    throw new UserError(
      { code: 'arguments-invalid', message: `${path} is not JSON.`, remediation },
      { cause: error },
    )
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    // Whatever the system says of a file that was named by hand, the person who named it can repair.
    if (!(error instanceof Error && 'code' in error)) throw error
    const message = `${path} cannot be read (${String(error.code)}).`
    throw new UserError(
      { code: 'arguments-invalid', message, remediation: 'Name a file that can.' },
      { cause: error },
    )
  }
}
