import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Delivery } from '../ports/webhook.ts'
import { nameJobs } from './name-jobs.ts'

const common = { installation: 7, repository: 'acme/fleet' }
const [old, head, none] = ['a'.repeat(40), 'b'.repeat(40), '0'.repeat(40)]
const about = { ...common, number: 12 }
const sender = { login: 'mona', isBot: false }

const review = { kind: 'pull-request-review', ...about } as const
const push = { kind: 'push', ...common, ref: 'refs/heads/main', before: old, after: head } as const
const run = { kind: 'check-run', ...common, head, isOurs: true, button: null } as const
const suite = { kind: 'check-suite', ...common, head, isOurs: true } as const
const comment = {
  kind: 'issue-comment',
  ...about,
  action: 'created',
  isPullRequest: true,
  comment: 99,
  body: '/rescan',
  sender,
} as const
const installation = { kind: 'installation', installation: 7, added: [], removed: [] } as const
const repositories = { kind: 'installation-repositories', installation: 7, action: 'added' } as const

describe('nameJobs', () => {
  for (const [name, delivery, jobs] of [
    ['evaluates on a review', { ...review, action: 'submitted' }, ['evaluate-pull-request 7 acme/fleet#12']],
    [
      'evaluates without a review',
      { ...review, action: 'dismissed' },
      ['evaluate-pull-request 7 acme/fleet#12'],
    ],
    [
      'evaluates on an edited review',
      { ...review, action: 'edited' },
      ['evaluate-pull-request 7 acme/fleet#12'],
    ],
    [
      'evaluates a pull request',
      { kind: 'pull-request', ...about, action: 'opened' },
      ['evaluate-pull-request 7 acme/fleet#12'],
    ],

    [
      'looks at every repository when the organisation changes',
      { kind: 'organization', installation: 7 },
      ['update-installation 7 repositories-changed'],
    ],

    ['evaluates a push', push, ['evaluate-push 7 acme/fleet refs/heads/main']],
    ['evaluates a new branch', { ...push, before: none }, ['evaluate-push 7 acme/fleet refs/heads/main']],
    ['ignores a deleted branch', { ...push, after: none }, []],
    ['ignores a tag', { ...push, ref: 'refs/tags/v1' }, []],
    [
      'evaluates a branch that is called like a tag',
      { ...push, ref: 'refs/heads/refs/tags/v1' },
      ['evaluate-push 7 acme/fleet refs/heads/refs/tags/v1'],
    ],
    [
      'evaluates a push to the repository of the organisation’s policy',
      { ...push, repository: 'acme/.github' },
      ['evaluate-push 7 acme/.github refs/heads/main'],
    ],

    [
      'evaluates a run that is asked for again',
      { ...run, action: 'rerequested' },
      [`evaluate-head 7 acme/fleet@${head}`],
    ],
    [
      'evaluates for our button',
      { ...run, action: 'requested_action', button: 'rescan' },
      [`evaluate-head 7 acme/fleet@${head}`],
    ],
    ['ignores a button that we do not have', { ...run, action: 'requested_action', button: 'deploy' }, []],
    ['ignores an action without a button', { ...run, action: 'requested_action' }, []],
    ['ignores our own new run', { ...run, action: 'created' }, []],
    ['ignores our own completed run', { ...run, action: 'completed' }, []],
    ['ignores another App’s run', { ...run, isOurs: false, action: 'rerequested' }, []],
    [
      'ignores another App’s button',
      { ...run, isOurs: false, action: 'requested_action', button: 'rescan' },
      [],
    ],

    [
      'evaluates a suite that is asked for again',
      { ...suite, action: 'rerequested' },
      [`evaluate-head 7 acme/fleet@${head}`],
    ],
    ['ignores a suite that GitHub made', { ...suite, action: 'requested' }, []],
    ['ignores a completed suite', { ...suite, action: 'completed' }, []],
    ['ignores another App’s suite', { ...suite, isOurs: false, action: 'rerequested' }, []],

    ['answers a command', comment, ['answer-command 7 acme/fleet#12 comment 99']],
    ['ignores an edited command', { ...comment, action: 'edited' }, []],
    ['ignores a deleted command', { ...comment, action: 'deleted' }, []],
    ['ignores a command on an issue', { ...comment, isPullRequest: false }, []],
    ['ignores a bot’s command', { ...comment, sender: { login: 'echo[bot]', isBot: true } }, []],
    ['ignores a comment that is no command', { ...comment, body: 'Looks good.' }, []],

    [
      'inspects what comes with an installation',
      { ...installation, action: 'created', added: ['acme/fleet', 'acme/apps'] },
      [
        'update-installation 7 installed',
        'inspect-repository 7 acme/fleet',
        'inspect-repository 7 acme/apps',
      ],
    ],
    [
      'reads all again with new permissions',
      { ...installation, action: 'new_permissions_accepted' },
      ['update-installation 7 installed'],
    ],
    [
      'purges with an installation',
      { ...installation, action: 'deleted' },
      ['update-installation 7 removed'],
    ],
    ['suspends', { ...installation, action: 'suspend' }, ['update-installation 7 suspended']],
    ['resumes', { ...installation, action: 'unsuspend' }, ['update-installation 7 unsuspended']],
    [
      'looks into an action that GitHub may add',
      { ...installation, action: 'renamed' },
      ['update-installation 7 repositories-changed'],
    ],
    [
      'inspects a repository that was added, and forgets one that left',
      { ...repositories, added: ['acme/apps'], removed: ['acme/fleet'] },
      ['update-installation 7 repositories-changed', 'inspect-repository 7 acme/apps'],
    ],

    [
      'inspects a repository that changed',
      { kind: 'repository', ...common, action: 'renamed' },
      ['inspect-repository 7 acme/fleet'],
    ],
  ] satisfies [string, Delivery, string[]][]) {
    it(name, () => {
      const named = nameJobs(delivery, parseCommand)

      assert.deepEqual(
        named.map(({ job, key }) => `${job.name} ${key}`),
        jobs,
      )
    })
  }

  it('says that somebody asked for it', () => {
    const [named] = nameJobs({ ...suite, action: 'rerequested' }, parseCommand)

    assert.deepEqual(named?.job.data, { ...common, head, rescan: 'again' })
  })

  it('names the command and never the text', () => {
    const [named] = nameJobs({ ...comment, body: '/rescan and some text' }, parseCommand)

    assert.deepEqual(named?.job.data, {
      ...about,
      comment: 99,
      sender: 'mona',
      command: { name: 'rescan', fresh: false },
    })
  })

  it('says which repositories left', () => {
    const [named] = nameJobs({ ...repositories, added: [], removed: ['acme/fleet'] }, parseCommand)

    assert.deepEqual(named?.job.data, {
      installation: 7,
      change: 'repositories-changed',
      removed: ['acme/fleet'],
    })
  })

  it('gives one repository one key, however its name is written', () => {
    const keys = ['acme/fleet', 'Acme/Fleet'].map(
      (name) => nameJobs({ ...push, repository: name }, parseCommand)[0]?.key,
    )

    assert.equal(keys[0], keys[1])
  })
})

function parseCommand(body: string): { name: 'rescan'; fresh: false } | null {
  return body.startsWith('/rescan') ? { name: 'rescan', fresh: false } : null
}
