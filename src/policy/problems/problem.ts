/** Whose file it stands in: that decides who can repair it. */
export type PolicyOwner = 'preset' | 'shared' | 'organisation' | 'repository'

/** One mistake in a policy file, at its place. Nothing in it holds a whole value that could be a secret. */
export interface PolicyProblem {
  /** A `warning` does not make the policy invalid. */
  readonly level: 'error' | 'warning'
  readonly owner: PolicyOwner
  /** `.github/portcullis.yml`, `acme/.github portcullis.yml`. */
  readonly file: string
  /** Count from 1; the column in characters, `endColumn` the one after the last. */
  readonly line: number
  readonly column: number
  readonly endColumn: number
  /** `gates.iac.fail_on`; `''` for the file as a whole. */
  readonly key: string
  /** What is wrong, in one sentence without its place. */
  readonly message: string
  /** What was probably meant. */
  readonly suggestion: string | null
  readonly excerpt: Excerpt
  /** What it contradicts: `organisation policy: acme/.github portcullis.yml:5`. */
  readonly against: string | null
}

/** The line as it may be shown: cut, without control characters, with what could be a secret masked. */
export interface Excerpt {
  readonly text: string
  /** From 0, into `text`. */
  readonly caretAt: number
  readonly caretLength: number
}
