import { parseArgs } from 'node:util'

import type { GateId } from '../model/finding.ts'
import { formats } from '../report/formats.ts'
import type { FormatName } from '../report/formats.ts'
import { nearest } from '../std/nearest.ts'
import { UserError } from '../std/user-error.ts'

/** The flags of every command that ends in a verdict. */
export interface VerdictFlags {
  readonly positionals: readonly string[]
  readonly policy: string | null
  readonly facts: string | null
  /** A folder. */
  readonly trust: string | null
  readonly gates: ReadonlySet<GateId>
  /** `file` is null for stdout. */
  readonly outputs: readonly { readonly format: FormatName; readonly file: string | null }[]
  readonly isFailing: boolean
  readonly isQuiet: boolean
  readonly isVerbose: boolean
  readonly color: 'auto' | 'always' | 'never'
  readonly history: string | null
  readonly isAll: boolean
  readonly isHelp: boolean
}

const gateIds: readonly GateId[] = ['secrets', 'iac', 'signatures', 'reviews']

const options = {
  policy: { type: 'string' },
  facts: { type: 'string' },
  trust: { type: 'string' },
  gates: { type: 'string' },
  format: { type: 'string', short: 'f', multiple: true },
  'no-fail': { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  verbose: { type: 'boolean', short: 'v' },
  color: { type: 'string' },
  history: { type: 'string' },
  all: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Reads the flags of `check` and `scan`. Throws `UserError` for what it does not know, with the nearest that it does. */
export function verdictFlags(args: readonly string[]): VerdictFlags {
  const { values, positionals } = parsed(args)
  return {
    positionals,
    policy: values.policy ?? null,
    facts: values.facts ?? null,
    trust: values.trust ?? null,
    gates: gatesOf(values.gates),
    outputs: outputsOf(values.format ?? ['human']),
    isFailing: values['no-fail'] !== true,
    isQuiet: values.quiet === true,
    isVerbose: values.verbose === true,
    color: oneOf('--color', values.color ?? 'auto', ['auto', 'always', 'never']),
    history: values.history ?? null,
    isAll: values.all === true,
    isHelp: values.help === true,
  }
}

function parsed(args: readonly string[]) {
  for (const arg of args) {
    const name = /^--([a-z-]+)/.exec(arg)?.[1]
    if (name !== undefined && !Object.hasOwn(options, name)) throw unknown('flag', `--${name}`, flagNames)
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    // node:util says what is wrong with an argument by a code of its own, and in a whole sentence.
    if (error instanceof TypeError) throw wrong(error.message)
    throw error
  }
}

const flagNames = Object.keys(options).map((name) => `--${name}`)

function gatesOf(list: string | undefined): ReadonlySet<GateId> {
  if (list === undefined) return new Set(gateIds)
  return new Set(list.split(',').map((name) => oneOf('--gates', name.trim(), gateIds)))
}

const formatNames = Object.keys(formats).filter(isFormat)

function isFormat(name: string): name is FormatName {
  return Object.hasOwn(formats, name)
}

function outputsOf(flags: readonly string[]): VerdictFlags['outputs'] {
  const outputs = flags.map((flag) => {
    const at = flag.indexOf('=')
    const name = at === -1 ? flag : flag.slice(0, at)
    const format = oneOf('--format', name, formatNames)
    return { format, file: at === -1 ? null : flag.slice(at + 1) }
  })
  if (outputs.some(({ file }) => file === '')) throw wrong('A format with = names a file after it.')
  if (outputs.filter(({ file }) => file === null).length > 1)
    throw wrong('Only one format can go to stdout.', 'Give the others a file: -f sarif=out.sarif.')
  return outputs
}

function oneOf<Name extends string>(flag: string, value: string, known: readonly Name[]): Name {
  const found = known.find((name) => name === value)
  if (found === undefined) throw unknown(`value of ${flag}`, value, known)
  return found
}

function unknown(what: string, value: string, known: readonly string[]): UserError {
  const meant = nearest(value, known)
  const remediation = meant === null ? `Known are ${known.join(', ')}.` : `Did you mean ${meant}?`
  return wrong(`${JSON.stringify(value)} is not a known ${what}.`, remediation)
}

function wrong(message: string, remediation = 'See portcullis check --help.'): UserError {
  return new UserError({ code: 'arguments-invalid', message, remediation })
}
