import { Gone, CredentialsRefused, GitHubUnavailable } from '../ports/github-errors.ts'
import { UserError } from '../std/user-error.ts'
import type { Command } from './command.ts'

/** What one probe found. A sentence each: what is so, and for a problem what to do next. */
export type Diagnosis =
  | { readonly kind: 'ok'; readonly message: string }
  | { readonly kind: 'problem'; readonly message: string; readonly remediation: string }

/** One thing that is looked at. It may throw an error of GitHub or a `UserError`, which is a problem too. */
export interface Probe {
  /** One or two words, in front of the sentence. */
  readonly name: string
  run(): Promise<Diagnosis>
}

/** Looks at everything the App needs, in the order in which a person would repair it. */
export function doctorCommand(probes: readonly Probe[]): Command {
  return {
    name: 'doctor',
    summary: 'Check that everything is there that the App needs',
    help: [
      'Usage: portcullis doctor',
      '',
      'Looks at the environment, git, Node, the data folder, the credentials, the clock, the',
      'permissions and events of the App and its webhook. Exits with 0 when all is well, else with 1.',
      '',
    ].join('\n'),
    async run(_args, context) {
      let problems = 0
      for (const probe of probes) {
        const diagnosis = await diagnose(probe)
        if (diagnosis.kind === 'problem') problems += 1
        context.out(lineOf(probe, diagnosis))
      }
      context.out(problems === 0 ? 'All is well.\n' : `Problems: ${problems}.\n`)
      return problems === 0 ? 0 : 1
    },
  }
}

/** Every probe is tried: one problem must not hide the next. */
async function diagnose(probe: Probe): Promise<Diagnosis> {
  try {
    return await probe.run()
  } catch (error) {
    if (error instanceof UserError) {
      const { remediation } = error
      return { kind: 'problem', message: error.message.replace(remediation, '').trim(), remediation }
    }
    const remediation = remediationOf(error)
    if (remediation === null || !(error instanceof Error)) throw error
    return { kind: 'problem', message: error.message, remediation }
  }
}

function remediationOf(error: unknown): string | null {
  if (error instanceof CredentialsRefused) return 'Set APP_ID and PRIVATE_KEY_PATH of one and the same App.'
  if (error instanceof Gone) return 'Check GHE_HOST and APP_ID.'
  if (error instanceof GitHubUnavailable) return 'Check the network and GHE_HOST, and try again.'
  return null
}

function lineOf({ name }: Probe, diagnosis: Diagnosis): string {
  const next = diagnosis.kind === 'problem' ? `\n          next: ${diagnosis.remediation}` : ''
  return `${diagnosis.kind.padEnd(7)}  ${name}: ${diagnosis.message}${next}\n`
}
