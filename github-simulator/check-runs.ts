import { unprocessable } from './answer.ts'
import { refuseTooMuch } from './check-limits.ts'
import type { CheckBody, CheckOutput } from './endpoints/check-body.ts'
import type { Account, AppIdentity, CheckRun, CheckSuite, Repository } from './state.ts'
import { checkSuiteView } from './views/check-run.ts'
import { checkRunHappened, checkSuiteHappened } from './webhooks/check.ts'
import type { World } from './world.ts'
import { nextId, timestamp } from './world.ts'

export interface NewCheckRun {
  readonly app: AppIdentity
  readonly name: string
  readonly headSha: string
  readonly body: CheckBody
  readonly sender: Account
}

/** Makes a check run in the App's suite of the commit, and the suite if there is none. */
export async function createCheckRun(
  world: World,
  repository: Repository,
  wanted: NewCheckRun,
): Promise<CheckRun> {
  const { app, name, headSha, body, sender } = wanted
  const run: CheckRun = {
    id: nextId(world),
    suite: suiteOf(world, repository, app, headSha),
    name,
    externalId: '',
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: timestamp(world.clock()),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  }
  change(world, run, body)
  repository.checkRuns.push(run)
  checkRunHappened(world, repository, run, { action: 'created', sender })
  await announceEnd(world, repository, run, sender)
  return run
}

/** Changes a check run; annotations are added to those that it has. */
export async function updateCheckRun(
  world: World,
  repository: Repository,
  run: CheckRun,
  { body, sender }: { body: CheckBody; sender: Account },
): Promise<void> {
  const wasCompleted = run.status === 'completed'
  change(world, run, body)
  if (!wasCompleted) await announceEnd(world, repository, run, sender)
}

function change(world: World, run: CheckRun, body: CheckBody): void {
  const isCompleted = refuseWrong(body)
  run.name = body.name ?? run.name
  run.externalId = body.external_id ?? run.externalId
  run.detailsUrl = body.details_url ?? run.detailsUrl
  run.startedAt = body.started_at ?? run.startedAt
  run.actions = body.actions ?? run.actions
  if (isCompleted) complete(world, run, body)
  else if (body.status !== undefined)
    Object.assign(run, { status: body.status, conclusion: null, completedAt: null })
  if (body.output !== undefined) say(run, body.output)
}

/** Tells whether this completes the run, which a conclusion always does. Throws the refusal 422. */
function refuseWrong(body: CheckBody): boolean {
  const { conclusion, status, completed_at: completedAt, output } = body
  if (output !== undefined) refuseTooMuch(output)
  const isCompleted = conclusion !== undefined || status === 'completed' || completedAt !== undefined
  if (isCompleted && conclusion === undefined)
    throw unprocessable('Invalid request.\n\nA completed check run needs a conclusion.', 'conclusion')
  if (conclusion === 'stale') throw unprocessable('Invalid request.\n\nOnly GitHub sets stale.', 'conclusion')
  return isCompleted
}

function complete(world: World, run: CheckRun, body: CheckBody): void {
  run.status = 'completed'
  run.conclusion = body.conclusion ?? null
  run.completedAt = body.completed_at ?? timestamp(world.clock())
}

function say(run: CheckRun, { title, summary, text, annotations }: CheckOutput): void {
  run.title = title ?? run.title
  run.summary = summary ?? run.summary
  run.text = text ?? run.text
  run.annotations.push(...annotations)
}

function suiteOf(world: World, repository: Repository, app: AppIdentity, headSha: string): CheckSuite {
  const known = repository.checkSuites.find((suite) => suite.headSha === headSha && suite.app.id === app.id)
  if (known !== undefined) return known
  const [headBranch] = [...repository.branches].find(([, sha]) => sha === headSha) ?? [null]
  const suite = { id: nextId(world), app, headSha, headBranch, before: null, createdAt: world.clock() }
  repository.checkSuites.push(suite)
  return suite
}

async function announceEnd(
  world: World,
  repository: Repository,
  run: CheckRun,
  sender: Account,
): Promise<void> {
  if (run.status !== 'completed') return
  checkRunHappened(world, repository, run, { action: 'completed', sender })
  if (checkSuiteView(world, repository, run.suite).status !== 'completed') return
  await checkSuiteHappened(world, repository, run.suite, { action: 'completed', sender })
}
