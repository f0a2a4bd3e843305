import type { NewRuleset } from '../../github-simulator/control/protection.ts'
import type { FileChanges } from '../../github-simulator/fast-import.ts'
import type { Simulator } from '../../github-simulator/simulator.ts'
import type {
  Account,
  CheckRun,
  Installation,
  PullRequest,
  Repository,
} from '../../github-simulator/state.ts'
import type { World } from '../../harness/world.ts'
import { within } from './deadline.ts'

/** An organisation with the App, its people, and one guarded repository: nothing of one case reaches another. */
export interface Stage {
  readonly world: World
  readonly simulator: Simulator
  readonly organization: Account
  readonly installation: Installation
  readonly repository: Repository
  /** Owns the organisation. */
  readonly owner: Account
  /** May write. Proposes changes. */
  readonly alice: Account
  /** May write. Reviews. */
  readonly bob: Account
  /** Maintains. */
  readonly carol: Account
  /** May only read. */
  readonly dora: Account
}

export interface StageOptions {
  readonly files?: FileChanges
  /** The ruleset of the default branch; null for none. Default: the check is required, from our App alone. */
  readonly ruleset?: NewRuleset | null
}

export const policyPath = '.github/portcullis.yml'
export const manifest = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  greeting: hello\n`

/** A rule that takes `check` from our App alone, and no forced pushes. */
export function pinned(appId: number, ...checks: string[]): NewRuleset {
  const required_status_checks = checks.map((context) => ({ context, integration_id: appId }))
  const parameters = { strict_required_status_checks_policy: false, required_status_checks }
  return {
    name: 'guarded',
    rules: [{ type: 'required_status_checks', parameters }, { type: 'non_fast_forward' }],
  }
}

export const appId = 4711

/** Sets a stage. `name` is the organisation's, and no other stage of the world has it. */
export async function setStage(world: World, name: string, options: StageOptions = {}): Promise<Stage> {
  const { simulator } = world
  const { people } = simulator
  const organization = people.createOrganization(name)
  const [owner, alice, bob, carol, dora] = ['owner', 'alice', 'bob', 'carol', 'dora'].map((login) =>
    people.createUser(`${login}-${name}`),
  ) as [Account, Account, Account, Account, Account]
  for (const member of [alice, bob, carol, dora]) people.addMember(organization, member)
  people.addMember(organization, owner, 'admin')
  const files = { 'apps/shop.yaml': manifest('shop'), ...options.files }
  const repository = await simulator.repositories.create(organization, 'deploy', {
    content: { files },
    author: owner,
  })
  for (const [member, role] of [
    [alice, 'write'],
    [bob, 'write'],
    [carol, 'maintain'],
  ] as const)
    repository.collaborators.set(member.login.toLowerCase(), role)
  const ruleset = options.ruleset === undefined ? pinned(appId, 'portcullis') : options.ruleset
  if (ruleset !== null) simulator.protection.addRuleset(repository, ruleset, owner)
  const installation = simulator.installations.install(organization, owner)
  return { world, simulator, organization, installation, repository, owner, alice, bob, carol, dora }
}

/** Commits to a new branch of that name and opens a pull request from it. */
export async function propose(
  { simulator, repository, alice }: Stage,
  branch: string,
  changes: FileChanges,
  more: { base?: string; by?: Account; title?: string; isDraft?: boolean; body?: string } = {},
): Promise<PullRequest> {
  const { by = alice, ...rest } = more
  await simulator.branches.commit(repository, { branch, changes, message: `Change ${branch}`, by })
  return simulator.pullRequests.open(repository, { branch, by, ...rest })
}

/** The newest run of a check at the head of a pull request, once it has this conclusion. */
export async function concluded(
  stage: Stage,
  at: PullRequest | string,
  conclusion: string,
  { check = 'portcullis', after }: { check?: string; after?: CheckRun } = {},
): Promise<CheckRun> {
  const { simulator, repository } = stage
  const found = () => {
    const run = simulator.checks.latest(repository, headOf(at), check)
    return run?.conclusion === conclusion && run !== after ? run : undefined
  }
  await within(
    simulator.until(() => found() !== undefined),
    () => `Wanted ${check} ${conclusion}. ${report(stage, at)}`,
  )
  return found() as CheckRun
}

function headOf(at: PullRequest | string): string {
  return typeof at === 'string' ? at : at.headSha
}

/** What stands under the checks of a commit, and what the App said last: for the message of a failed test. */
function report({ simulator, repository, world }: Stage, at: PullRequest | string): string {
  const runs = simulator.checks.of(repository, headOf(at))
  const lines = runs.map((run) => `${run.name} ${run.status} ${run.conclusion} ${run.title}`)
  return `There is: ${lines.join(' | ')}\n${world.app.output.slice(-15).join('\n')}`
}

/** All runs of one check at the head of a pull request, oldest first. */
export function runsOf(
  { simulator, repository }: Stage,
  at: PullRequest | string,
  check = 'portcullis',
): CheckRun[] {
  return simulator.checks.of(repository, headOf(at)).filter(({ name }) => name === check)
}

/** The newest run of the check at the head of a pull request, once all of what it says matches. */
export async function saying(stage: Stage, at: PullRequest | string, words: RegExp): Promise<CheckRun> {
  const { simulator } = stage
  const found = () => {
    const run = runsOf(stage, at).at(-1)
    return words.test([run?.title, run?.summary, run?.text].join('\n')) ? run : undefined
  }
  await within(
    simulator.until(() => found() !== undefined),
    () => `Wanted ${words}. ${report(stage, at)}`,
  )
  return found() as CheckRun
}
