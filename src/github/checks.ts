import { z } from 'zod'

import { Gone } from '../ports/github-errors.ts'
import type { Checks, RepositoryName } from '../ports/github.ts'
import type { Call } from './call.ts'
import { path } from './call.ts'
import type { Caller } from './caller.ts'
import { checkRunBodies } from './check-run-body.ts'

const Created = z.object({ id: z.int().positive() })

/** Writes a thing and returns GitHub's id of it. Throws {@link Gone} for a 404. */
export async function writeCall(caller: Caller, call: Omit<Call, 'priority'>): Promise<number> {
  const { status, data } = await caller.send({ ...call, priority: 'result' })
  if (status === 404) throw new Gone(`${call.path} does not exist, or not for us.`)
  return Created.parse(data).id
}

/** https://docs.github.com/en/rest/checks/runs */
export function openChecks(caller: Caller): Checks {
  async function write(method: 'POST' | 'PATCH', to: string, body: object): Promise<number> {
    return writeCall(caller, { method, path: to, body, permission: { name: 'checks', level: 'write' } })
  }

  return {
    async create(name, run) {
      const [first, ...others] = checkRunBodies(run)
      const created = { ...first, head_sha: run.headSha }
      const id = await write('POST', path`/repos/${name.owner}/${name.name}/check-runs`, created)
      for (const body of others) await write('PATCH', runPath(name, id), body)
      return id
    },
    async update(name, id, run) {
      for (const body of checkRunBodies(run)) await write('PATCH', runPath(name, id), body)
    },
  }
}

function runPath({ owner, name }: RepositoryName, id: number): string {
  return path`/repos/${owner}/${name}/check-runs/${id}`
}
