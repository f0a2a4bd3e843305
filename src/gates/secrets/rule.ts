import type { Severity } from '../../model/finding.ts'
import type { Value } from '../../model/resource.ts'
import type { Fake } from './fake.ts'

/** One kind of secret that the gate knows. How it is found is its `kind`; all the rest is for people. */
export type SecretRule = PatternRule | ManifestRule

interface RuleText {
  /** `secrets/name`; `rules/name.ts` is its file. */
  readonly id: `secrets/${string}`
  readonly title: string
  /** Of a find that nothing speaks against; `Evidence` lowers it. */
  readonly severity: Severity
  /** Who issues it, as a person would search for it; `generic` where nobody in particular does. */
  readonly provider: string
  /**
   * Rules of one family find the same thing in several ways; fingerprints hold on to it, so it never changes. Without
   * it the id is the family.
   */
  readonly family?: string
  /** What whoever has it can do with it. */
  readonly rationale: string
  /** How to make it worthless, as an order. */
  readonly remediation: string
  /** The provider's page about revoking it comes first. */
  readonly references: readonly string[]
  /** Generated, never written down: our own repository has to pass our own gate. */
  readonly examples: {
    readonly fail: (fake: Fake) => readonly string[]
    readonly pass: (fake: Fake) => readonly string[]
  }
}

/** Found by its characters, wherever they stand. */
export interface PatternRule extends RuleText {
  readonly kind: 'pattern'
  /**
   * Lower-case ASCII, at least 3 characters, found in any case. Every match of the pattern begins with one of them, or
   * has it at most `before` characters after its beginning.
   */
  readonly keywords: readonly string[]
  /** Characters that a match may begin before its keyword; 0 if absent. Each costs one more try at every keyword. */
  readonly before?: number
  /**
   * Regular expression of the linear subset, see linear-pattern.ts. Matched on bytes, each of them one character. The group
   * `secret` is the secret; without it the whole match is.
   */
  readonly pattern: string
  /** What else says that it is one. Null where it is none after all: a documented example, a reference to a secret. */
  readonly judge?: (match: SecretMatch) => Evidence | null
}

/** Found in a Kubernetes object, wherever its keys stand. */
export interface ManifestRule extends RuleText {
  readonly kind: 'manifest'
  /** The `kind` of the objects that it reads. */
  readonly object: string
  find(object: ReadonlyMap<string, Value>): readonly ManifestFind[]
}

export interface ManifestFind {
  /** Keys to the value that holds it, from the object. */
  readonly path: readonly string[]
  /** Decoded, where the object holds it encoded. */
  readonly value: string
  readonly evidence: Evidence
}

export interface SecretMatch {
  /** The secret, each byte one character. */
  readonly value: string
  /** The whole match, the secret included. */
  readonly text: string
  /** `''` for a text that is no file. */
  readonly path: string
  /** Up to so many characters in front of the match. */
  readonly before: (characters: number) => string
  /** Up to so many characters on each side of the match, with the match in the middle. */
  readonly around: (characters: number) => string
}

/**
 * How sure it is, from the bytes alone; nobody is asked.
 * - `confirmed`: a checksum fits, or it could be read as what it claims to be
 * - `likely`: has the shape, and nothing more can be told
 * - `limited`: real, but worth less: a test key, an encrypted one
 * - `unlikely`: has the shape, but its checksum says that nobody issued it
 */
export interface Evidence {
  readonly confidence: 'confirmed' | 'likely' | 'limited' | 'unlikely'
  /** `its checksum fits`: a half sentence for the message. Holds nothing of the secret. */
  readonly note?: string
}

/** Lowered, never hidden. `info` is a notice: it does not block. */
export function severityOf(rule: SecretRule, { confidence }: Evidence): Severity {
  if (confidence === 'unlikely') return 'info'
  return confidence === 'limited' ? 'low' : rule.severity
}

export function familyOf(rule: SecretRule): string {
  return rule.family ?? rule.id
}
