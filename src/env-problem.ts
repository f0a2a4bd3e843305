/** One setting that is wrong, in words that hold nothing of its value: a secret may stand in the wrong place. */
export interface EnvProblem {
  readonly message: string
  /** An order or a question. */
  readonly remediation: string
}
