import { randomBytes } from 'node:crypto'

import type { FileChanges } from '../../github-simulator/fast-import.ts'
import type { PullRequest } from '../../github-simulator/state.ts'
import { leakingManifest } from './secret.ts'
import { manifest, policyPath, propose } from './stage.ts'
import type { Stage } from './stage.ts'

/** A change that the App and the command line judge. `files` is the base besides the baseline. */
export interface VariedChange {
  readonly name: string
  readonly outcome: 'pass' | 'fail' | 'waiting' | 'error'
  readonly files?: FileChanges
  make(at: Stage): Promise<PullRequest>
}

/** Both sides key their fingerprints with this. */
export function baseline(): FileChanges {
  const content = { version: 1, fingerprint_key: randomBytes(32).toString('hex'), findings: [] }
  return { '.github/portcullis/baseline.json': JSON.stringify(content) }
}

const requirement = (by: string, count = 1) =>
  `version: 1\ngates:\n  reviews:\n    requirements:\n      - { name: named, count: ${count}, by: [${by}] }\n`
const ok = { 'apps/a.yaml': manifest('a') }

/** A second commit on the branch of a pull request. */
async function andThen(at: Stage, branch: string, changes: FileChanges, message = 'Second'): Promise<void> {
  await at.simulator.branches.commit(at.repository, { branch, changes, message, by: at.alice })
}

const inHistory: readonly VariedChange[] = [
  { name: 'plain', outcome: 'waiting', make: (at) => propose(at, 'a', ok) },
  {
    name: 'a secret',
    outcome: 'fail',
    make: (at) => propose(at, 'a', { ...ok, 'apps/leak.yaml': leakingManifest('one') }),
  },
  {
    name: 'a secret added and removed',
    outcome: 'fail',
    async make(at) {
      const pull = await propose(at, 'a', { 'apps/leak.yaml': leakingManifest('two') })
      await andThen(at, 'a', { 'apps/leak.yaml': null })
      return pull
    },
  },
  {
    name: 'a secret in a commit message and one in a path',
    outcome: 'fail',
    async make(at) {
      const token = leakingManifest('three').trim().split(': ').at(-1) ?? ''
      const pull = await propose(at, 'a', ok)
      await andThen(at, 'a', { [`apps/${token}.txt`]: 'x\n' }, `Use ${token}`)
      return pull
    },
  },
  {
    name: 'a secret that only the resolution of a merge has',
    outcome: 'fail',
    async make(at) {
      const { simulator, repository, alice, owner } = at
      const pull = await propose(at, 'a', { 'apps/shop.yaml': manifest('ours') })
      const theirs = { branch: 'main', changes: { 'apps/shop.yaml': manifest('theirs') }, message: 'Theirs' }
      const main = await simulator.branches.commit(repository, { ...theirs, by: owner })
      const parents = [repository.branches.get('a') ?? '', main]
      const changes = { 'apps/shop.yaml': leakingManifest('four') }
      await simulator.branches.commit(repository, {
        branch: 'a',
        changes,
        message: 'Merge',
        by: alice,
        parents,
      })
      return pull
    },
  },
  {
    name: 'deletes, renames, and a base that moved on',
    outcome: 'waiting',
    files: { 'apps/old.yaml': manifest('old'), 'apps/gone.yaml': manifest('gone') },
    async make(at) {
      const changes = { 'apps/old.yaml': null, 'apps/new.yaml': manifest('old'), 'apps/gone.yaml': null }
      const pull = await propose(at, 'a', changes)
      const later = { branch: 'main', changes: { 'apps/later.yaml': manifest('later') }, message: 'Later' }
      await at.simulator.branches.commit(at.repository, { ...later, by: at.owner })
      return pull
    },
  },
]

const ofContent: readonly VariedChange[] = [
  {
    name: 'YAML that cannot be read',
    outcome: 'waiting',
    make: (at) => propose(at, 'a', { 'apps/a.yaml': 'kind: [Deployment\n  - {\n', 'b.yml': '\tkind: x\n' }),
  },
  {
    name: 'a link, a submodule, an executable, binary content and odd names',
    outcome: 'waiting',
    make: (at) =>
      propose(at, 'a', {
        link: { mode: '120000', content: '/etc/passwd' },
        module: { mode: '160000', content: '1'.repeat(40) },
        'run.sh': { mode: '100755', content: '#!/bin/sh\n' },
        'data.bin': new Uint8Array([0, 255, 10, 13, 0]),
        'ü "quoted"\n.yaml': manifest('odd'),
      }),
  },
  {
    name: 'a blob above the limit',
    outcome: 'error',
    files: { [policyPath]: 'version: 1\ngates: { secrets: { max_blob: 1KiB } }\n' },
    make: (at) => propose(at, 'a', { 'big.txt': 'x'.repeat(5_000) }),
  },
  {
    name: 'more files than the policy allows',
    outcome: 'error',
    files: { [policyPath]: 'version: 1\nlimits: { files: 2 }\n' },
    make: (at) => propose(at, 'a', { a: '1', b: '2', c: '3' }),
  },
  {
    name: 'a project that may deploy anywhere',
    outcome: 'fail',
    make: (at) =>
      propose(at, 'a', {
        'project.yaml':
          "apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: shop }\nspec:\n  destinations:\n    - server: '*'\n      namespace: '*'\n",
      }),
  },
  {
    name: 'a rule of the policy itself',
    outcome: 'fail',
    files: {
      [policyPath]:
        "version: 1\ngates:\n  secrets:\n    custom:\n      - id: custom/acme-token\n        title: Acme token\n        pattern: 'acme_[a-z0-9]{12}'\n        keywords: [acme_]\n        examples: { match: [acme_0123456789ab], ignore: [acme_token] }\n",
    },
    make: (at) => propose(at, 'a', { 'c.txt': `key = acme_${randomBytes(6).toString('hex')}\n` }),
  },
]

const ofPolicy: readonly VariedChange[] = [
  {
    name: 'nothing but policy',
    outcome: 'waiting',
    make: (at) => propose(at, 'a', { [policyPath]: 'version: 1\ngates: { secrets: { fail_on: never } }\n' }),
  },
  {
    name: 'content under an invalid policy',
    outcome: 'error',
    files: { [policyPath]: 'version: 1\nbranchs: []\n' },
    make: (at) => propose(at, 'a', ok),
  },
  {
    name: 'the repair of an invalid policy',
    outcome: 'waiting',
    files: { [policyPath]: 'version: 1\nbranchs: []\n' },
    make: (at) => propose(at, 'a', { [policyPath]: 'version: 1\n' }),
  },
  {
    name: 'two branch rules',
    outcome: 'waiting',
    files: {
      [policyPath]:
        'version: 1\nbranches:\n  - { name: one, match: [main], check: portcullis }\n  - { name: two, match: ["**"], check: portcullis-two }\n',
    },
    make: (at) => propose(at, 'a', ok),
  },
]

const ofReviews: readonly VariedChange[] = [
  {
    name: 'approved',
    outcome: 'pass',
    async make(at) {
      const pull = await propose(at, 'a', ok)
      at.simulator.pullRequests.approve(at.repository, pull, at.bob)
      return pull
    },
  },
  {
    name: 'changes requested, by a reviewer who approved before',
    outcome: 'fail',
    async make(at) {
      const pull = await propose(at, 'a', ok)
      at.simulator.pullRequests.approve(at.repository, pull, at.bob)
      at.simulator.pullRequests.requestChanges(at.repository, pull, at.bob)
      return pull
    },
  },
  {
    name: 'approved before the content changed',
    outcome: 'waiting',
    async make(at) {
      const pull = await propose(at, 'a', ok)
      at.simulator.pullRequests.approve(at.repository, pull, at.bob)
      await andThen(at, 'a', { 'apps/b.yaml': manifest('b') })
      return pull
    },
  },
  {
    name: 'approved by a member of the team',
    outcome: 'pass',
    files: { [policyPath]: requirement('"@same/platform"') },
    async make(at) {
      const pull = await propose(at, 'a', ok)
      at.simulator.pullRequests.approve(at.repository, pull, at.carol)
      return pull
    },
  },
  {
    name: 'a team that does not exist',
    outcome: 'fail',
    files: { [policyPath]: requirement('"@same/nobody"') },
    make: (at) => propose(at, 'a', ok),
  },
  {
    name: 'a draft by several people',
    outcome: 'waiting',
    files: { [policyPath]: requirement('maintain, admin') },
    async make(at) {
      const pull = await propose(at, 'a', ok, { isDraft: true, body: 'With @everyone.' })
      const { simulator, repository, bob, carol } = at
      const more = { branch: 'a', changes: { 'apps/b.yaml': manifest('b') }, message: 'Help', by: bob }
      await simulator.branches.commit(repository, {
        ...more,
        author: { name: 'Eve', email: 'eve@example.com' },
      })
      simulator.pullRequests.approve(repository, pull, carol)
      return pull
    },
  },
  {
    name: 'from a fork',
    outcome: 'waiting',
    async make(at) {
      const { simulator, repository, dora } = at
      const fork = await simulator.repositories.fork(repository, dora)
      await simulator.branches.commit(fork, { branch: 'f', changes: ok, message: 'Outside', by: dora })
      return simulator.pullRequests.open(repository, { branch: 'f', by: dora, from: fork })
    },
  },
]

export const variedChanges = [...inHistory, ...ofContent, ...ofPolicy, ...ofReviews]
