import type { Answer } from '../answer.ts'
import { publicRepository } from '../authorization.ts'
import type { Call } from '../call.ts'
import type { Activity } from '../state.ts'
import { accountView } from '../views/account.ts'
import type { World } from '../world.ts'
import { nodeId, timestamp } from '../world.ts'
import type { Endpoints } from './handler.ts'

/** Who pushed what, newest first. Pages are found by cursors: the next one begins after the last id of this one. */
export const activityEndpoints = {
  'GET /repos/{owner}/{repo}/activity': listActivity,
} satisfies Endpoints

function listActivity(call: Call): Answer {
  const { world } = call
  const [owner, name] = [call.text('owner'), call.text('repo')]
  const repository = publicRepository(world, call.caller, `${owner}/${name}`)
  const branch = call.option('ref')?.replace(/^refs\/heads\//, '')
  const cursor = Number(call.option('after') ?? Number.MAX_SAFE_INTEGER)
  const size = Math.min(Math.max(Number(call.option('per_page') ?? 30), 1), 100)
  const found = repository.activity
    .filter((one) => (branch === undefined || one.branch === branch) && one.id < cursor)
    .toReversed()
  const page = found.slice(0, size)
  const query = new URLSearchParams({ per_page: String(size), after: String(page.at(-1)?.id) })
  if (branch !== undefined) query.set('ref', `refs/heads/${branch}`)
  const next = `<${world.origin}/api/v3/repos/${owner}/${name}/activity?${query.toString()}>; rel="next"`
  return {
    status: 200,
    ...(found.length > size ? { headers: { link: next } } : {}),
    body: page.map((one) => activityView(world, one)),
  }
}

function activityView(world: World, { id, branch, kind, before, after, actor, at }: Activity) {
  const none = '0'.repeat(40)
  return {
    id,
    node_id: nodeId('Activity', id),
    before: before ?? none,
    after: after ?? none,
    ref: `refs/heads/${branch}`,
    timestamp: timestamp(at),
    activity_type: kind,
    actor: accountView(world, actor),
  }
}
