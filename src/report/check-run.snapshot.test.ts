import { describe, it } from 'node:test'

import type { CheckRun } from '../model/check-run.ts'
import type { Inspection } from '../model/inspection.ts'
import { contextWith } from '../testing/check-run-context.ts'
import { matchesSnapshot } from '../testing/snapshot.ts'
import { verdicts } from '../testing/verdicts.ts'
import { cannotEvaluate } from './cannot-evaluate.ts'
import type { CheckRunContext } from './check-run-context.ts'
import { checkRun } from './check-run.ts'

const { pass, fail, push, waiting, error, unreadable } = verdicts

const held: Inspection = {
  branch: 'main',
  guarantees: [
    {
      id: 'check-required',
      holds: 'yes',
      message: 'The check portcullis is required on main.',
      remediation: '',
    },
    { id: 'force-push-blocked', holds: 'yes', message: 'Force pushes to main are blocked.', remediation: '' },
  ],
}

const drifted: Inspection = {
  branch: 'main',
  guarantees: [
    ...held.guarantees,
    {
      id: 'check-pinned',
      holds: 'no',
      message: 'The check portcullis counts from any source: whoever may write statuses can turn it green.',
      remediation:
        'In Settings, Rules, Rulesets, open the ruleset of main and choose Portcullis as the source.',
    },
    {
      id: 'no-bypass',
      holds: 'unknown',
      message:
        'Who may bypass the rules of main could not be read: GitHub does not show the list to the App.',
      remediation: 'Look yourself in the repository under Settings, Rules and Branches.',
    },
  ],
}

const shared = [
  { subject: 'pull/483', outcome: 'pass' },
  { subject: 'pull/484', outcome: 'fail' },
  { subject: 'refs/heads/release/1.4', outcome: 'waiting' },
] as const

describe('a check run reads as reviewed:', () => {
  for (const [name, verdict, context] of [
    ['pass', pass, { inspection: held }],
    ['fail', fail, { inspection: drifted, linesInDiff: (path: string) => path !== 'scripts/old-sync.sh' }],
    ['waiting', waiting, {}],
    ['error', error, {}],
    ['unreadable', unreadable, {}],
    ['draft', fail, { isDraft: true }],
    ['draft-waiting', waiting, { isDraft: true }],
    ['evaluate', fail, { mode: { kind: 'evaluate', until: '2027-01-15' } }],
    ['push', push, { on: 'push', sharedBy: [{ subject: 'refs/heads/main', outcome: 'fail' }] }],
    ['shared-head', fail, { sharedBy: shared }],
  ] satisfies [string, typeof pass, Partial<CheckRunContext>][]) {
    it(name, () => {
      const run = checkRun({
        check: 'portcullis',
        head: verdict.subject.head ?? '',
        evaluation: 18,
        verdict,
        context: contextWith(context),
      })

      matchesSnapshot(new URL(`snapshots/check-run-${name}.txt`, import.meta.url), written(run))
    })
  }

  for (const [name, cause] of [
    [
      'refused',
      {
        kind: 'refused',
        message:
          'acme/fleet uses SHA-256 object ids. Portcullis reads repositories with SHA-1 ids only: convert it.',
      },
    ],
    ['permission', { kind: 'permission', permission: 'members: read' }],
    ['fault', { kind: 'fault', job: '0199-4711' }],
  ] as const) {
    it(`cannot evaluate: ${name}`, () => {
      const run = cannotEvaluate({ name: 'portcullis', head: '8c0de1f', evaluation: 18, cause })

      matchesSnapshot(new URL(`snapshots/cannot-evaluate-${name}.txt`, import.meta.url), written(run))
    })
  }
})

/** What GitHub shows of a run, one part under the other. */
function written({ name, state, output, actions }: CheckRun): string {
  const conclusion = state.status === 'completed' ? state.conclusion : state.status
  const annotations = output.annotations.map(
    ({ path, startLine, endLine, columns, level, title, message }) =>
      `${level} ${path} lines ${startLine}-${endLine}${columns === null ? '' : ` columns ${columns.start}-${columns.end}`}\n${title}\n${message}`,
  )
  return `${[
    `${name}: ${conclusion}`,
    output.title,
    '======== summary',
    output.summary,
    '======== text',
    output.text,
    '======== annotations',
    ...annotations,
    '======== actions',
    ...actions.map(({ label, description }) => `${label}: ${description}`),
  ].join('\n')}\n`
}
