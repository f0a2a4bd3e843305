import { notEvaluated } from '../evaluate/not-evaluated.ts'
import type { Obstacle } from '../evaluate/not-evaluated.ts'
import { isPolicyOnly, policyFilePath } from '../policy/policy-paths.ts'
import { judge, orRefused } from './judge.ts'
import type { Judged, Judgement } from './judge.ts'
import type { LoadedPolicy } from './load-policy.ts'

export type Unjudged = Omit<Judgement, 'policy'>

/**
 * Judges by the base side's policy. Where that is not valid, nothing passes but a repair: a change of policy files alone
 * is judged by the last valid policy.
 */
export async function judgeByPolicy(unjudged: Unjudged, loaded: LoadedPolicy): Promise<Judged> {
  if (loaded.kind === 'valid') return judge({ ...unjudged, policy: loaded.policy })
  const { repair } = loaded
  const { base, head } = unjudged.range
  const invalid = { path: policyFilePath, reason: loaded.text }
  if (repair === null || base === null) return couldNot(unjudged, [invalid])
  return orRefused({ ...unjudged, kind: 'range', policy: repair }, async () => {
    const { files } = await unjudged.repository.change({ base, head }, repair.policy.limits)
    const isRepair = isPolicyOnly(
      repair.policy,
      files.map(({ path }) => path),
    )
    return isRepair ? judge({ ...unjudged, policy: repair }) : couldNot(unjudged, [invalid])
  })
}

/** The verdict on a range that was not judged, with the reasons. */
export function couldNot({ version, gates, range }: Unjudged, obstacles: readonly Obstacle[]): Judged {
  const subject = { version, gates, ...range, policy: null }
  return { verdict: notEvaluated(subject, obstacles), change: null, fault: null }
}
