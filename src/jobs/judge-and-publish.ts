import type { GateId } from '../model/finding.ts'
import type { Scans } from '../ports/stores.ts'
import { after } from '../std/after.ts'
import type { Later } from '../std/after.ts'
import { digest } from '../std/digest.ts'
import type { App } from './app.ts'
import { approvalsIn } from './approvals-in.ts'
import { couldNot, judgeByPolicy } from './judge-by-policy.ts'
import type { Unjudged } from './judge-by-policy.ts'
import type { Judged } from './judge.ts'
import { publishProgress, publishVerdict } from './publish-verdict.ts'
import type { ReadyEvaluation } from './ready-evaluation.ts'

/** Until then a person sees the verdict sooner than a notice that it is being made. */
const noticeAfterMs = 3_000

/** Judges, keeps what was judged, and writes the check of each branch rule. */
export async function judgeAndPublish(app: App, evaluation: ReadyEvaluation): Promise<Judged> {
  const notice = after(noticeAfterMs, () => publishProgress(app, evaluation))
  const judged = await untilDone(() => judgeWithin(app, evaluation), notice)
  for (const { check } of evaluation.rules) {
    await keep(app, evaluation, { check, judged })
    await publishVerdict(app, evaluation, { check, judged })
  }
  // Thrown only now: the check has said that nothing was evaluated, and the queue tries again.
  if (judged.fault !== null) throw judged.fault
  return judged
}

async function untilDone<Result>(work: () => Promise<Result>, notice: Later): Promise<Result> {
  try {
    return await work()
  } finally {
    await notice.cancel()
  }
}

/** Judges within the policy's time. What runs on after that is only read from, and its result is dropped. */
async function judgeWithin(app: App, evaluation: ReadyEvaluation): Promise<Judged> {
  const { timeout } = evaluation.policy.limits
  const unjudged = await unjudgedOf(app, evaluation)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Judged>((resolve) => {
    const reason = `The evaluation took longer than limits.timeout, ${timeout / 1000} s`
    timer = setTimeout(() => resolve(couldNot(unjudged, [{ path: null, reason }])), timeout)
  })
  try {
    return await Promise.race([judgeByPolicy(unjudged, evaluation.loaded), late])
  } finally {
    clearTimeout(timer)
  }
}

const everyGate: ReadonlySet<GateId> = new Set(['secrets', 'iac', 'signatures', 'reviews'])

async function unjudgedOf(app: App, evaluation: ReadyEvaluation): Promise<Unjudged> {
  const { mirror, base, head, also, facts, today, installation, isFresh } = evaluation
  const { scans } = app.stores
  return {
    version: app.version,
    gates: app.gates,
    selected: everyGate,
    repository: mirror,
    range: { base, head, also },
    facts,
    fingerprintKey: await app.stores.installations.fingerprintKey(installation),
    kept: { scans: isFresh ? anew(scans) : scans, installation },
    today,
    clock: app.clock,
  }
}

/** Knows nothing and keeps what is found, in the place of what was kept before. */
function anew(scans: Scans): Scans {
  return { get: async () => new Map(), put: (of, found) => scans.put(of, found) }
}

async function keep(
  app: App,
  { installation, number, repository, subject, head, base, facts }: ReadyEvaluation,
  { check, judged: { verdict, change } }: { check: string; judged: Judged },
): Promise<void> {
  const of = { installation, repository: repository.id, subject }
  const previous = await app.stores.evaluations.latest(of, check)
  await app.stores.evaluations.finish({
    ...of,
    number,
    check,
    head,
    base,
    trees: change?.trees ?? { base: null, head: null },
    policyDigest: verdict.policy.digest,
    policyEpoch: base,
    rulesDigest: verdict.tool.rulesDigest,
    factsDigest: `sha256:${digest(JSON.stringify(facts))}`,
    approvals: approvalsIn(facts, change),
    outcome: verdict.outcome,
    verdict,
    previous: previous?.number ?? null,
  })
}
