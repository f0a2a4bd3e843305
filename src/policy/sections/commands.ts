import { z } from 'zod'

import type { CommandRight } from '../../model/policy.ts'
import { key } from '../key.ts'
import { replaces } from '../strictness.ts'
import { Approver } from '../values/approver.ts'

const roles = ['read', 'triage', 'write', 'maintain', 'admin'] as const

const Right = z.union([z.enum(roles), z.array(Approver).min(1)])

const right = (description: string, role: (typeof roles)[number]) =>
  key(Right, {
    default: role,
    description: `${description} A role (${roles.join(', ')}), or a list of logins and teams.`,
    stricter: replaces('a higher role, or fewer of the same people', holds),
  })

function holds(floor: CommandRight, value: CommandRight): boolean {
  if (typeof floor === 'string') {
    const least = floor
    return (
      typeof value === 'string' &&
      roles.findIndex((role) => role === value) >= roles.findIndex((role) => role === least)
    )
  }
  return typeof value !== 'string' && value.every((entry) => floor.includes(entry))
}

export const Commands = z.strictObject({
  rescan: right('Who may ask for another evaluation.', 'write'),
  waive: right('Who may ask for a waiver; who grants it is waivers.grant.', 'write'),
  explain: right('Who may ask what a rule is for.', 'read'),
})
