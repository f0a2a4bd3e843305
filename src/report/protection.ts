import type { Guarantee, Inspection } from '../model/inspection.ts'
import { code, prose } from './escape/markdown.ts'
import { shorten } from './shorten.ts'

const marks = { yes: '✅', no: '❗', unknown: '❔' } as const

/**
 * Whether the branch is protected as the policy asks. One line where it is; what to do where it is not. `decides`: what is
 * missing blocks the change.
 */
export function protectionText(inspection: Inspection | null, decides: boolean): string {
  if (inspection === null) return ''
  const branch = code(shorten(inspection.branch, 100))
  const open = inspection.guarantees.filter(({ holds }) => holds !== 'yes')
  const held = inspection.guarantees.length - open.length
  if (open.length === 0) return `✅ ${branch} is protected as the policy asks (${held} guarantees looked at).`
  const weight = decides
    ? 'what is missing blocks this change'
    : 'reported, it does not decide on this change'
  const first = `**Protection of ${branch}** (${weight}): ${held} of ${inspection.guarantees.length} guarantees hold.`
  return [first, '', ...open.map(line)].join('\n')
}

function line({ holds, message, remediation }: Guarantee): string {
  const advice = remediation === '' ? '' : ` ${prose(shorten(remediation, 600))}`
  return `- ${marks[holds]} ${prose(shorten(message, 600))}${advice}`
}
