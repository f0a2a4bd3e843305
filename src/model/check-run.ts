/** https://docs.github.com/en/rest/checks/runs. Limits count bytes; report/ keeps to them. */
export interface CheckRun {
  readonly name: string
  readonly headSha: string
  /** Number of the evaluation. */
  readonly externalId: string
  readonly state:
    | { readonly status: 'in_progress' }
    | {
        readonly status: 'completed'
        /** `neutral` only under the name of evaluate mode: under a required name it would count as passed. */
        readonly conclusion: 'success' | 'failure' | 'action_required' | 'neutral'
      }
  readonly output: {
    readonly title: string
    readonly summary: string
    readonly text: string
    readonly annotations: readonly Annotation[]
  }
  readonly actions: readonly CheckAction[]
}

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
