import type { CheckRun } from '../model/check-run.ts'
import type { RepositoryFacts } from '../ports/github.ts'
import type { PublicationKey, Published } from '../ports/stores.ts'
import type { App } from './app.ts'

export interface Publication {
  readonly key: PublicationKey
  readonly repository: RepositoryFacts
  readonly evaluation: number
  /** Written also where it equals what stands there: somebody asked. */
  readonly isRescan: boolean
  /** Reads again whether the head still is the head. Asked under the lease, before anything is written. */
  isStillHead(): Promise<boolean>
  /** Made under the lease, because it may depend on the other pull requests of the same head. */
  make(): Promise<{ readonly run: CheckRun; readonly digest: string }>
}

/** Long enough for a slow GitHub, short enough that a killed process does not hold a check for long. */
const leaseMs = 30_000

export type Outcome = 'written' | 'unchanged' | 'superseded' | 'moved' | 'busy'

/**
 * Writes a check run, unless a newer evaluation has, the head moved meanwhile, or the same stands there already. A
 * completed run is never changed: a new one is created, and GitHub shows the newest of a name.
 */
export async function publish(app: App, publication: Publication): Promise<Outcome> {
  const { key, evaluation } = publication
  const claim = await app.stores.publications.claim(key, evaluation, leaseMs)
  if (claim.kind !== 'claimed') return claim.kind
  let published: Published | null = null
  try {
    if (!(await publication.isStillHead())) return 'moved'
    const { run, digest } = await publication.make()
    if (claim.last?.digest === digest && !publication.isRescan) {
      // Recorded all the same, or an older evaluation that comes late would write over what this one found true.
      published = { ...claim.last, evaluation }
      return 'unchanged'
    }
    published = await write(app, publication, { run, digest, last: claim.last })
    return 'written'
  } finally {
    await app.stores.publications.release(key, evaluation, published)
  }
}

async function write(
  app: App,
  { key, repository, evaluation }: Publication,
  { run, digest, last }: { run: CheckRun; digest: string; last: Published | null },
): Promise<Published> {
  const { checks } = app.github(key.installation)
  const isCompleted = run.state.status === 'completed'
  if (last !== null && !last.isCompleted) {
    await checks.update(repository, last.checkRun, run)
    return { evaluation, digest, checkRun: last.checkRun, isCompleted }
  }
  const checkRun = await checks.create(repository, run)
  return { evaluation, digest, checkRun, isCompleted }
}
