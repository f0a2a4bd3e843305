import type { ColumnType, Generated } from 'kysely'

/** `bigint`: a number on the way in; on the way out PGlite and pg differ, so it is unknown until zod has seen it. */
type Big = ColumnType<unknown, number, number>
type BigOrNull = ColumnType<unknown, number | null, number | null>
/** `jsonb`: goes in as text (see `asJson`), comes out parsed, and is unknown until zod has seen it. */
type Json = ColumnType<unknown, string, string>
type JsonOrNull = ColumnType<unknown, string | null, string | null>

/** What the newest migration leaves behind. Each table but `deliveries` has a key that begins with the installation. */
export interface Tables {
  readonly installations: { installation: Big; fingerprint_key: string; evaluations: Big }
  readonly repositories: RepositoryColumns & { name: string; named_at: Date }
  readonly pull_requests: RepositoryColumns & {
    number: number
    head: string
    base_branch: string
    is_draft: boolean
  }
  readonly evaluations: EvaluationColumns
  readonly publications: PublicationColumns
  readonly scans: { installation: Big; key: string; scan: Json; kept_at: Date }
  readonly etags: { installation: Big; url: string; etag: string; value: Json; kept_at: Date }
  readonly inspections: RepositoryColumns & { branch: string; rules: Json; inspected_at: Date }
  readonly deliveries: DeliveryColumns
  readonly jobs: JobColumns
  readonly dead_jobs: DeadJobColumns
}

interface RepositoryColumns {
  installation: Big
  repository: Big
}

interface EvaluationColumns extends RepositoryColumns {
  number: Big
  subject: string
  check_name: string
  head: string
  base: string | null
  trees: Json
  policy_digest: string
  policy_epoch: string | null
  rules_digest: string
  facts_digest: string
  approvals: Json
  outcome: string
  verdict: Json
  previous: BigOrNull
}

interface PublicationColumns extends RepositoryColumns {
  check_name: string
  head: string
  /** The four of what was written last; null together. */
  evaluation: BigOrNull
  digest: string | null
  check_run: BigOrNull
  is_completed: boolean | null
  /** The evaluation that may write, and until when; null together. */
  holder: BigOrNull
  lease_until: Date | null
}

interface DeliveryColumns {
  guid: string
  /** Grows in the order of arrival. */
  sequence: Generated<unknown>
  event: string
  action: string | null
  installation: BigOrNull
  repository: string | null
  jobs: Json
  received_at: Date
  dispatched_at: Date | null
}

/** One row for each name and key: at most one job that waits and one that runs, and when the last one started. */
export interface JobColumns {
  row: Generated<unknown>
  installation: Big
  name: string
  key: string
  waiting: JsonOrNull
  waiting_id: string | null
  due: Date | null
  /** How often the waiting job has failed. */
  failures: number
  /** How often in a row a process ended while it ran. */
  crashes: Generated<number>
  running: JsonOrNull
  running_id: string | null
  running_by: string | null
  running_until: Date | null
  started: Date | null
  /** GitHub asked to wait until then. */
  hold_until: Date | null
}

interface DeadJobColumns {
  id: string
  installation: Big
  name: string
  key: string
  data: Json
  failures: number
  failure: string
  died_at: Date
}
