import type { EvaluationRow, RepositoryKey } from '../ports/stores.ts'

/** An evaluation that passed, but for what is given. */
export function evaluationRow(key: RepositoryKey, given: Partial<EvaluationRow> = {}): EvaluationRow {
  const [base, head] = ['0'.repeat(40), '1'.repeat(40)]
  return {
    subject: 'pull/1',
    number: 1,
    check: 'portcullis',
    head,
    base,
    trees: { base, head },
    policyDigest: 'policy',
    policyEpoch: base,
    rulesDigest: 'rules',
    factsDigest: 'facts',
    approvals: [{ actor: { id: 7, login: 'ada', kind: 'human' }, commit: head, tree: null }],
    outcome: 'pass',
    verdict: {
      schema: 'portcullis/verdict/v1',
      tool: { name: 'portcullis', version: '0.0.0', rulesDigest: 'rules' },
      subject: { kind: 'range', base, mergeBase: base, head, commits: 1, files: 1, bytes: 10 },
      policy: { digest: 'policy', sources: ['preset:recommended'] },
      outcome: 'pass',
      gates: [],
      findings: [],
      waiting: [],
      skips: [],
    },
    previous: null,
    ...given,
    ...key,
  }
}
