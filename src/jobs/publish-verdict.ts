import { worst } from '../evaluate/evaluate.ts'
import { inspectProtection } from '../inspect/protection.ts'
import type { LineRange } from '../ports/git.ts'
import { Busy } from '../ports/queue.ts'
import type { EvaluationRow, PublicationKey } from '../ports/stores.ts'
import type { CheckRunContext } from '../report/check-run-context.ts'
import { checkName, checkRun, outputDigest, progressRun } from '../report/check-run.ts'
import type { App } from './app.ts'
import type { Judged } from './judge.ts'
import { publish } from './publish.ts'
import type { ReadyEvaluation } from './ready-evaluation.ts'

/** Says under each check that an evaluation is going on. Only for one that takes long. */
export async function publishProgress(app: App, evaluation: ReadyEvaluation): Promise<void> {
  const { number, head } = evaluation
  for (const { check } of evaluation.rules) {
    const name = checkName(check, evaluation.policy)
    const run = progressRun({ name, head, evaluation: number })
    await publish(app, {
      ...placeOf(evaluation, name),
      isRescan: true,
      isStillHead: () => evaluation.isStillHead(),
      make: async () => ({ run, digest: outputDigest(run) }),
    })
  }
}

/** Writes the verdict under one check, the worst of those that share the head. */
export async function publishVerdict(
  app: App,
  evaluation: ReadyEvaluation,
  { check, judged }: { readonly check: string; readonly judged: Judged },
): Promise<void> {
  const name = checkName(check, evaluation.policy)
  const { number, repository, head, installation } = evaluation
  const linesInDiff = await linesOf(evaluation, judged)
  const outcome = await publish(app, {
    ...placeOf(evaluation, name),
    isRescan: evaluation.isRescan,
    isStillHead: () => evaluation.isStillHead(),
    make: async () => {
      const key = { installation, repository: repository.id }
      const rows = await app.stores.evaluations.latestByHead(key, head, check)
      const { verdict, sharedBy } = worstOf(rows, judged)
      const context = contextOf(evaluation, { check, sharedBy, linesInDiff })
      const run = checkRun({ check, head, evaluation: number, verdict, context })
      return { run, digest: outputDigest(run) }
    },
  })
  app.log.info({ evaluation: number, check: name, outcome, verdict: judged.verdict.outcome }, 'published')
  if (outcome === 'busy') throw new Busy()
}

function placeOf({ installation, number, repository, head }: ReadyEvaluation, check: string) {
  const key: PublicationKey = { installation, repository: repository.id, check, head }
  return { key, repository, evaluation: number }
}

/** A check belongs to a commit: where several pull requests have one head, the worst of them decides for all. */
function worstOf(rows: readonly EvaluationRow[], { verdict }: Judged) {
  const outcome = worst([verdict.outcome, ...rows.map((row) => row.outcome)])
  const worstRow = rows.find((row) => row.outcome === outcome)
  const sharedBy = rows.map((row) => ({ subject: row.subject, outcome: row.outcome }))
  return { verdict: verdict.outcome === outcome ? verdict : (worstRow?.verdict ?? verdict), sharedBy }
}

function contextOf(
  { policy, subject, branch, isDraft, base, facts }: ReadyEvaluation,
  given: Pick<CheckRunContext, 'sharedBy' | 'linesInDiff'> & { readonly check: string },
): CheckRunContext {
  const { check, sharedBy, linesInDiff } = given
  const rules = facts.effectiveRules
  const on = subject.startsWith('pull/') ? 'pull-request' : 'push'
  return {
    branch,
    baseTip: base,
    mode:
      policy.mode === 'evaluate' ? { kind: 'evaluate', until: policy.evaluate_until } : { kind: 'enforce' },
    isDraft,
    on,
    sharedBy,
    inspection: rules === null ? null : inspectProtection({ protection: policy.protection, check, rules }),
    driftBlocks: on === 'pull-request' && policy.protection.fail_on_drift,
    report: policy.report,
    linesInDiff,
  }
}

/** More files than that are not annotated: each costs a command. */
const maxAnnotatedFiles = 100

/** Whether a line of the head is part of the final diff: GitHub shows annotations nowhere else. */
async function linesOf(
  { mirror }: ReadyEvaluation,
  { verdict, change }: Judged,
): Promise<CheckRunContext['linesInDiff']> {
  const base = change?.mergeBase ?? null
  if (change === null) return () => false
  // Without a base all of the head is new.
  if (base === null) return () => true
  const paths = new Set<string>()
  for (const { path } of verdict.findings) if (path !== null) paths.add(path)
  const none: ReadonlyMap<string, readonly LineRange[]> = new Map()
  const ranges =
    paths.size === 0
      ? none
      : await mirror.changedLines(base, change.head, [...paths].slice(0, maxAnnotatedFiles))
  return (path, line) => (ranges.get(path) ?? []).some((range) => line >= range.first && line <= range.last)
}
