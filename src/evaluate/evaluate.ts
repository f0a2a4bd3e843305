import type { Change } from '../model/change.ts'
import type { Facts } from '../model/facts.ts'
import type { GateId } from '../model/finding.ts'
import type { Conceal, Gate, GateInput, GateResult, ScannedBlob, Scanner } from '../model/gate.ts'
import type { ProtectionInput } from '../model/inspection.ts'
import type { EffectivePolicy } from '../model/policy-source.ts'
import type { Outcome, Verdict, VerdictFinding, VerdictGate, VerdictSkip } from '../model/verdict.ts'
import { digest } from '../std/digest.ts'
import type { Baseline } from './baseline.ts'
import { blocksIn } from './blocks.ts'
import { concealedFinding, concealedSkip, concealedWaiting, concealerOf } from './conceal.ts'
import { inOrder } from './order.ts'
import { withProtection } from './protection.ts'
import { statusIn } from './status.ts'
import { textsOf } from './texts.ts'
import { unsupported } from './unsupported.ts'

/** All that a verdict depends on. Two calls with the same input differ in `ms` alone. */
export interface Evaluation {
  readonly version: string
  /** A tree, files as they lie, has no commits: its ids are null. */
  readonly kind: Verdict['subject']['kind']
  readonly gates: readonly Gate[]
  /** Of the policy's gates, those to run; the others are named as not evaluated. */
  readonly selected: ReadonlySet<GateId>
  readonly change: Change
  readonly policy: EffectivePolicy
  readonly baseline: Baseline
  readonly facts: Facts | null
  /** Of the branch that the change goes to. */
  readonly protection: ProtectionInput
  readonly estate: GateInput['estate']
  /** What each gate's scan found in the blobs of the change, and what it cost. */
  readonly scanned: ReadonlyMap<GateId, ScannedBlobs>
  /** `YYYY-MM-DD`, UTC: what waivers are compared with. */
  readonly today: string
  /** Milliseconds; only differences count. */
  readonly clock: () => number
}

export interface ScannedBlobs {
  readonly blobs: readonly ScannedBlob[]
  /** Of the merge base, where the change has findings; left out where there is no base side. */
  readonly base?: readonly ScannedBlob[]
  readonly scanner: Scanner
  readonly ms: number
}

const gateIds: readonly GateId[] = ['secrets', 'iac', 'signatures', 'reviews']

/** Runs the gates over a change and puts their results together. */
export function evaluate(evaluation: Evaluation): Verdict {
  const { policy, gates } = evaluation
  const conceal = concealerOf(gates, policy.policy)
  const judged = gateIds.map((id) => judgeGate(evaluation, id, conceal))
  const findings = judged.flatMap(({ findings: found }) => found).toSorted(inOrder)
  return {
    schema: 'portcullis/verdict/v1',
    tool: { name: 'portcullis', version: evaluation.version, rulesDigest: rulesDigest(gates) },
    subject: subjectOf(evaluation),
    policy: { digest: policy.digest, sources: [...policy.sources] },
    outcome: worst(judged.map(({ gate }) => gate.outcome)),
    gates: judged.map(({ gate }) => gate),
    findings,
    waiting: judged.flatMap(({ waiting }) => waiting),
    skips: judged.flatMap(({ skips }) => skips).toSorted(inOrder),
  }
}

function subjectOf({ kind, change }: Evaluation): Verdict['subject'] {
  const ids = { base: change.base, mergeBase: change.mergeBase, head: change.head }
  return {
    kind,
    ...(kind === 'tree' ? { base: null, mergeBase: null, head: null } : ids),
    commits: change.commits.length,
    files: change.files.length,
    bytes: change.blobs.reduce((sum, { size }) => sum + size, 0),
  }
}

/** Changes whenever a gate's rules do; kept with a verdict, so that one made by older rules is known as such. */
export function rulesDigest(gates: readonly Gate[]): string {
  return `sha256:${digest(...gates.flatMap(({ id, version }) => [id, version]))}`
}

interface JudgedGate {
  readonly gate: VerdictGate
  readonly findings: readonly VerdictFinding[]
  readonly waiting: Verdict['waiting']
  readonly skips: readonly VerdictSkip[]
}

function judgeGate(evaluation: Evaluation, id: GateId, conceal: Conceal): JudgedGate {
  const start = evaluation.clock()
  const result = evaluation.selected.has(id) ? runGate(evaluation, id) : leftOut(evaluation.kind, id)
  const scanMs = evaluation.scanned.get(id)?.ms ?? 0
  const ms = Math.round(evaluation.clock() - start + scanMs)
  if (result.kind === 'not-evaluated') {
    const gate: VerdictGate = { gate: id, outcome: 'not-evaluated', findings: 0, lookedAt: result.reason, ms }
    return { gate, findings: [], waiting: [], skips: [] }
  }
  // Whether a waiver covers it is asked of the real path.
  const findings = statusIn(evaluation, result.findings).map((finding) => ({
    ...concealedFinding(finding, conceal),
    blocks: finding.status === 'open' && blocksIn(evaluation.policy.policy, finding),
  }))
  const skips = result.skips.map((skip) => ({ gate: id, ...concealedSkip(skip, conceal) }))
  const waiting = result.waiting.map((missing) => concealedWaiting(missing, conceal))
  const outcome = outcomeOf({ findings, skips, waiting })
  const open = findings.filter(({ status }) => status === 'open').length
  const gate = { gate: id, outcome, findings: open, lookedAt: result.lookedAt, ms }
  return { gate, findings, waiting, skips }
}

/** Each gate can judge a range; of files as they lie and of history there is less to judge. */
function leftOut(kind: Evaluation['kind'], id: GateId): GateResult {
  const scanned = { range: gateIds, tree: ['secrets', 'iac'], history: ['secrets'] }[kind]
  const of = kind === 'tree' ? 'files' : 'history'
  const reason = scanned.includes(id) ? 'left out by --gates' : `no part of a scan of ${of}`
  return { kind: 'not-evaluated', reason }
}

function runGate(evaluation: Evaluation, id: GateId): GateResult {
  const missing = unsupported(id, evaluation.policy.policy)
  const gate = evaluation.gates.find((candidate) => candidate.id === id)
  if (gate === undefined || missing !== null) return missing ?? noGate
  const scanned = evaluation.scanned.get(id)
  const result = gate.evaluate({
    change: evaluation.change,
    policy: evaluation.policy.policy,
    facts: evaluation.facts,
    estate: evaluation.estate,
    scanned: scanned?.blobs ?? [],
    scannedBase: scanned?.base ?? [],
    scanner: scanned?.scanner ?? null,
    texts: textsOf(evaluation.change, evaluation.facts),
  })
  return id === 'reviews' ? withProtection(result, evaluation.protection) : result
}

const noGate: GateResult = { kind: 'not-evaluated', reason: 'this version has no such gate' }

function outcomeOf({
  findings,
  skips,
  waiting,
}: Pick<JudgedGate, 'findings' | 'skips' | 'waiting'>): Outcome {
  if (findings.some(({ blocks }) => blocks)) return 'fail'
  if (skips.some(({ blocks }) => blocks)) return 'error'
  return waiting.length > 0 ? 'waiting' : 'pass'
}

const worstFirst = ['fail', 'error', 'waiting'] as const

/** Of several outcomes, the one that decides. What was not evaluated decides nothing. */
export function worst(outcomes: readonly VerdictGate['outcome'][]): Outcome {
  return worstFirst.find((outcome) => outcomes.includes(outcome)) ?? 'pass'
}
