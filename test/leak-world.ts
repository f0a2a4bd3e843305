import { randomBytes } from 'node:crypto'

import type { Account, PullRequest, Repository } from '../github-simulator/state.ts'
import type { World } from '../harness/world.ts'
import type { Planted } from './planted.ts'

/** Where secrets were planted at GitHub. */
export interface Scene {
  readonly alice: Account
  readonly estate: Repository
  readonly pull: PullRequest
  readonly brokenPolicy: Repository
  readonly brokenBaseline: Repository
  readonly pulls: readonly { readonly repository: Repository; readonly pull: PullRequest }[]
}

const policy = [
  'version: 1',
  'branches:',
  '  - { name: production, match: [~DEFAULT_BRANCH, "release/**"], check: portcullis }',
  'gates:',
  '  secrets:',
  '    custom:',
  '      - { id: custom/session, title: Session, keywords: [acme-session-], pattern: "acme-session-[0-9a-f]{32}" }',
  '  reviews:',
  '    requirements:',
  '      - { name: everything, count: 1, by: [write] }',
  '',
].join('\n')

/** Fills a GitHub with secrets, in every place that a person can write to. */
export async function plant({ simulator }: World, planted: Planted): Promise<Scene> {
  const { people, repositories, installations } = simulator
  const [alice, bob] = [people.createUser('alice'), people.createUser('bob')]
  const acme = people.createOrganization('acme')
  const globex = people.createOrganization('globex')
  const estate = await repositories.create(acme, 'estate', containing({ '.github/portcullis.yml': policy }))
  const brokenPolicy = await repositories.create(
    acme,
    'broken-policy',
    containing({ '.github/portcullis.yml': policyWithMistakes(planted), 'a.txt': 'x' }),
  )
  const brokenBaseline = await repositories.create(
    acme,
    'broken-baseline',
    containing({ '.github/portcullis/baseline.json': `{"version": 1, ${planted.token('baseline')}` }),
  )
  await repositories.create(globex, '.github', containing({ 'portcullis.yml': policyWithMistakes(planted) }))
  const fleet = await repositories.create(globex, 'fleet', containing({ 'a.txt': 'x' }))
  for (const repository of [estate, brokenPolicy, brokenBaseline, fleet])
    for (const member of [alice, bob]) repositories.setCollaborator(repository, member, 'write', alice)
  installations.install(acme, alice)
  installations.install(globex, alice)
  const pull = await openWithSecrets(simulator, planted, { estate, alice, bob })
  const others = [brokenPolicy, brokenBaseline, fleet]
  const pulls = [{ repository: estate, pull }]
  for (const repository of others) pulls.push({ repository, pull: await openPlain(repository) })
  await againstSecretBranch()
  return { alice, estate, pull, brokenPolicy, brokenBaseline, pulls }

  async function openPlain(repository: Repository) {
    const changes = { 'b.txt': planted.token('a file') }
    await simulator.branches.commit(repository, { branch: 'fix', changes, message: 'Fix', by: alice })
    return simulator.pullRequests.open(repository, { branch: 'fix', by: alice })
  }

  async function againstSecretBranch() {
    const base = `release/${planted.token('a base branch')}`
    const change = { changes: { 'z.txt': 'z' }, message: 'Z', by: alice }
    await simulator.branches.commit(estate, { branch: base, ...change })
    await simulator.branches.commit(estate, { branch: 'to-release', ...change, changes: { 'y.txt': 'y' } })
    await simulator.pullRequests.open(estate, { branch: 'to-release', base, by: alice })
  }
}

/** Mistakes of every kind, each with a secret on its line. */
function policyWithMistakes(planted: Planted): string {
  const where = 'a policy with mistakes'
  return [
    'version: 1',
    `token: ${planted.token(where)}`,
    `mode: ${planted.token(where)}`,
    `gates: { secret: { password: "${planted.password(where)}" } }`,
    `reprt: "${planted.password(where)}"`,
    `branches: [{ name: a, match: "${planted.password(where)}", password: ${planted.password(where)} }]`,
    `extends: [${planted.token(where)}]`,
    `${planted.token(where)}: 1`,
    '',
  ].join('\n')
}

async function openWithSecrets(
  simulator: World['simulator'],
  planted: Planted,
  { estate, alice, bob }: { estate: Repository; alice: Account; bob: Account },
): Promise<PullRequest> {
  const branch = `fix/${planted.token('a branch name')}`
  const [first, second] = contents(planted)
  const push = { branch, by: alice }
  const message = (number: number) =>
    `Change ${number}\n\n${planted.examples('a commit message').join('\n')}\n`
  await simulator.branches.commit(estate, { ...push, changes: first, message: message(1) })
  const removed = Object.fromEntries(
    Object.keys(first)
      .slice(0, 30)
      .map((path) => [path, null]),
  )
  await simulator.branches.commit(estate, {
    ...push,
    changes: { ...second, ...removed },
    message: message(2),
  })
  const pull = await simulator.pullRequests.open(estate, {
    branch,
    by: alice,
    title: `Use ${planted.token('a title')}`,
    body: `As agreed:\n\n${planted.examples('a description').join('\n\n')}`,
  })
  simulator.pullRequests.review(estate, pull, {
    by: bob,
    state: 'APPROVED',
    body: `LGTM ${planted.token('a review')}`,
  })
  for (const text of ['thanks,', '/rescan', '/rescna', '/explain', '/rescan\n\n'])
    simulator.comments.add(estate, pull, `${text} ${planted.token('a comment')}`, alice)
  await simulator.branches.commit(estate, {
    branch: 'main',
    changes: { 'pushed.env': planted.examples('a push').join('\n') },
    message: `Push ${planted.token('a pushed commit')}`,
    by: alice,
  })
  return pull
}

/** The files of two commits. */
function contents(planted: Planted): [Record<string, string | Buffer>, Record<string, string | Buffer>] {
  const first: Record<string, string | Buffer> = {}
  const second: Record<string, string | Buffer> = {}
  for (const [index, text] of planted.examples('a file').entries()) first[`a/${index}.yaml`] = `${text}\n`
  for (const [index, text] of planted.examples('a UTF-16 file').entries())
    first[`u/${index}.txt`] = Buffer.from(`\ufeff${text}`, 'utf16le')
  for (const [index, text] of planted.examples('an encoded file').entries())
    second[`e/${index}.txt`] = Buffer.from(`${'.'.repeat(index % 3)}${text}`).toString('base64')
  for (const [index, name] of planted.names('a file name').entries()) second[`n/${index}/${name}`] = 'x'
  const session = `acme-session-${randomBytes(16).toString('hex')}`
  planted.add('a secret of a custom rule', session + '0'.repeat(10))
  second[`custom/${session}.txt`] = session
  second['broken.yaml'] = `kind: Secret\nx: "${planted.token('YAML that cannot be parsed')}\n  - y: [`
  second[`m/${planted.token('the name of a manifest')}.yaml`] = project(planted.token('an object'))
  second[`k/${planted.token('the name of an overlay')}/kustomization.yaml`] = 'resources: []\n'
  for (let index = 0; index < 210; index++) second[`filler/${index}.txt`] = `${index}\n`
  return [first, second]
}

function project(name: string): string {
  return `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: ${name} }\nspec:\n  sourceRepos: ['*']\n  destinations:\n    - { server: '*', namespace: '*' }\n`
}

function containing(files: Record<string, string>) {
  return { content: { files } }
}
