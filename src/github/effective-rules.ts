import type { EffectiveRules } from '../model/facts.ts'
import { PermissionMissing } from '../ports/github-errors.ts'
import type { Age, RepositoryName } from '../ports/github.ts'
import { readClassicProtection } from './classic-protection.ts'
import type { Reader } from './reader.ts'
import type { Protection } from './rulesets.ts'
import { readRulesets } from './rulesets.ts'

const nothing: Protection = {
  requiredChecks: [],
  forcePushBlocked: false,
  deletionBlocked: false,
  bypassActors: [],
}

/** Rulesets and classic protection together: both hold, so the stricter wins. `app` is our own App's id. */
export async function readEffectiveRules(
  reader: Reader,
  name: RepositoryName,
  branch: string,
  { app, age = 'recent' }: { readonly app: number | null; readonly age?: Age | undefined },
): Promise<EffectiveRules> {
  const unknown: string[] = []
  const rulesets = await orUnknown(unknown, 'rulesets', () => readRulesets(reader, name, branch))
  if (rulesets !== null && rulesets.bypassActors === null && rulesets !== unreadable)
    unknown.push('who may bypass the rulesets (administration: write)')
  // Classic protection can only add to this, and nobody could be told more: it saves a call.
  const classic =
    rulesets !== null && givesAll(rulesets, app)
      ? null
      : await orUnknown(unknown, 'branch protection', () =>
          readClassicProtection(reader, name, { branch, age }),
        )
  return { branch, ...together(rulesets ?? nothing, classic ?? nothing), unknown, app }
}

/** Stands for what is there, perhaps, and cannot be read. */
const unreadable: Protection = { ...nothing, bypassActors: null }

async function orUnknown(
  unknown: string[],
  what: string,
  read: () => Promise<Protection | null>,
): Promise<Protection | null> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof PermissionMissing)) throw error
    unknown.push(`${what} (${error.permission})`)
    return unreadable
  }
}

/** Every guarantee that is asked about, with the check that we post among those that are pinned. */
function givesAll(
  { requiredChecks, forcePushBlocked, deletionBlocked }: Protection,
  app: number | null,
): boolean {
  const isPinned = requiredChecks.some((check) => check.app !== null && (app === null || check.app === app))
  return isPinned && forcePushBlocked && deletionBlocked
}

function together(
  one: Protection,
  other: Protection,
): Pick<EffectiveRules, 'requiredChecks' | 'forcePushBlocked' | 'deletionBlocked' | 'bypassActors'> {
  const bypassActors =
    one.bypassActors === null || other.bypassActors === null
      ? null
      : [...one.bypassActors, ...other.bypassActors]
  return {
    requiredChecks: [...one.requiredChecks, ...other.requiredChecks],
    forcePushBlocked: one.forcePushBlocked || other.forcePushBlocked,
    deletionBlocked: one.deletionBlocked || other.deletionBlocked,
    bypassActors,
  }
}
