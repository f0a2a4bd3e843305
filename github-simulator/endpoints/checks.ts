import type { Answer } from '../answer.ts'
import { created, notFound, ok, Refusal, unprocessable } from '../answer.ts'
import type { Call } from '../call.ts'
import { createCheckRun, updateCheckRun } from '../check-runs.ts'
import { findCommit } from '../history.ts'
import type { Listing } from '../pagination.ts'
import type { CheckRun, Repository } from '../state.ts'
import { checkRunView, latestRuns } from '../views/check-run.ts'
import { repositoryPage, repositoryView } from '../views/repository.ts'
import { fullCheckSuiteView } from '../webhooks/check.ts'
import { CheckBody, NewCheckBody } from './check-body.ts'
import type { Endpoints } from './handler.ts'

/** Check runs and check suites. */
export const checkEndpoints = {
  'POST /repos/{owner}/{repo}/check-runs': postCheckRun,
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': patchCheckRun,

  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': (call) => {
    const repository = call.repository()
    return ok(checkRunView(call.world, repository, checkRunOf(call, repository)))
  },

  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': (call) => {
    const repository = call.repository()
    const run = checkRunOf(call, repository)
    const blob = `${repositoryPage(call.world, repository)}/blob/${run.suite.headSha}`
    const empty = { start_column: null, end_column: null, title: null, raw_details: null }
    return { items: run.annotations.map((one) => ({ ...empty, ...one, blob_href: `${blob}/${one.path}` })) }
  },

  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': listCheckRuns,
  'GET /repos/{owner}/{repo}/commits/{ref}/check-suites': listCheckSuites,
} satisfies Endpoints

async function postCheckRun(call: Call): Promise<Answer> {
  const { world } = call
  const repository = call.repository()
  if (call.caller.kind !== 'installation') throw new Refusal(403, 'You must authenticate via a GitHub App.')
  const { head_sha: headSha, name, ...body } = call.body(NewCheckBody)
  const sha = /^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(headSha) ? await findCommit(repository, headSha) : null
  if (sha === null) throw unprocessable(`No commit found for SHA: ${headSha}`, 'head_sha')
  const run = await createCheckRun(world, repository, {
    app: world.app,
    name,
    headSha,
    body,
    sender: call.actor(),
  })
  return created(checkRunView(world, repository, run))
}

async function patchCheckRun(call: Call): Promise<Answer> {
  const { world } = call
  const repository = call.repository()
  const run = checkRunOf(call, repository)
  if (call.caller.kind !== 'installation' || run.suite.app.id !== world.app.id)
    throw new Refusal(403, 'A check run can only be modified by the GitHub App that created it.')
  await updateCheckRun(world, repository, run, { body: call.body(CheckBody), sender: call.actor() })
  return ok(checkRunView(world, repository, run))
}

function checkRunOf(call: Call, repository: Repository): CheckRun {
  const run = repository.checkRuns.find(({ id }) => id === call.number('check_run_id'))
  if (run === undefined) throw notFound()
  return run
}

async function listCheckRuns(call: Call): Promise<Listing> {
  const repository = call.repository()
  const sha = await commitOf(call, repository)
  const [name, status, app] = [call.option('check_name'), call.option('status'), call.option('app_id')]
  const ofCommit = repository.checkRuns.filter(
    (run) =>
      run.suite.headSha === sha &&
      (name === undefined || run.name === name) &&
      (app === undefined || run.suite.app.id === Number(app)),
  )
  const chosen = call.option('filter') === 'all' ? ofCommit : latestRuns(ofCommit)
  const items = chosen
    .filter((run) => status === undefined || run.status === status)
    .map((run) => checkRunView(call.world, repository, run))
  return { items, wrap: (page, total) => ({ total_count: total, check_runs: page }) }
}

async function listCheckSuites(call: Call): Promise<Listing> {
  const { world } = call
  const repository = call.repository()
  const sha = await commitOf(call, repository)
  const app = call.option('app_id')
  const suites = repository.checkSuites.filter(
    (suite) => suite.headSha === sha && (app === undefined || suite.app.id === Number(app)),
  )
  const items = await Promise.all(
    suites.map(async (suite) => ({
      ...(await fullCheckSuiteView(world, repository, suite)),
      repository: repositoryView(world, repository),
    })),
  )
  return { items, wrap: (page, total) => ({ total_count: total, check_suites: page }) }
}

async function commitOf(call: Call, repository: Repository): Promise<string> {
  const ref = call.text('ref')
  const commit = await findCommit(repository, ref)
  if (commit === null) throw new Refusal(422, `No commit found for SHA: ${ref}`)
  return commit.sha
}
