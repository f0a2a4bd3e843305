import { openDatabase } from '../database/database.ts'
import { UserError } from '../std/user-error.ts'
import { silentLog } from './silent-log.ts'

/** A process of its own on a data directory, to be killed: says on stdout what was acknowledged, one line each. */
const [dataDir = '', image = '', round = '0'] = process.argv.slice(2)

try {
  const { deliveries, queue } = await openDatabase({ dataDir, image }, { log: silentLog })
  process.stdout.write('open\n')
  for (let count = 0; ; count += 1) {
    const number = Number(round) * 1_000_000 + count
    const data = { installation: 1, repository: 'acme/app', number }
    const guid = `guid-${number}`
    const keyed = { job: { name: 'evaluate-pull-request', data }, key: guid } as const
    const row = { event: 'pull_request', action: 'opened', installation: 1, repository: 'acme/app' }
    await deliveries.insert({ guid, ...row, jobs: [keyed] })
    await queue.add(keyed.job, keyed)
    process.stdout.write(`${guid}\n`)
  }
} catch (error) {
  if (!(error instanceof UserError)) throw error
  process.stdout.write(`${error.code} ${error.message}\n`)
  process.exitCode = 2
}
