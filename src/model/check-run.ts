/** https://docs.github.com/en/rest/checks/runs. Limits count bytes; report/ keeps to them. */
export type CheckRun = CheckRunContent & (RequiredRun | DryRun)

interface CheckRunContent {
  readonly headSha: string
  /** Number of the evaluation. */
  readonly externalId: string
  readonly output: {
    readonly title: string
    readonly summary: string
    readonly text: string
    readonly annotations: readonly Annotation[]
  }
  readonly actions: readonly CheckAction[]
}

/** `neutral` and `skipped` satisfy a required check, so under a name that a branch may require neither can be written. */
interface RequiredRun {
  readonly name: string
  readonly state:
    | { readonly status: 'in_progress' }
    | {
        readonly status: 'completed'
        readonly conclusion: 'success' | 'failure' | 'action_required'
      }
}

/** The only run that never blocks. */
interface DryRun {
  readonly name: DryRunName
  readonly state: { readonly status: 'completed'; readonly conclusion: 'neutral' }
}

/** The name of evaluate mode: never the required one. */
export type DryRunName = `${string} (evaluate)`

export interface Annotation {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  /** Only where start and end are on one line. */
  readonly columns: { readonly start: number; readonly end: number } | null
  readonly level: 'failure' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
}

export interface CheckAction {
  readonly label: string
  readonly description: string
  readonly identifier: string
}
