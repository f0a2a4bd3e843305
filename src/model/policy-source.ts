import type { Policy } from './policy.ts'

/** The policy that judges a change, and where each of its values comes from. */
export interface EffectivePolicy {
  readonly policy: Policy
  /** SHA-256 of the merged policy: `sha256:…`. */
  readonly digest: string
  /** `preset:recommended`, `acme/.github:portcullis.yml@oid`, `.github/portcullis.yml@oid`: weakest claim first. */
  readonly sources: readonly string[]
  /** By dotted path, `gates.iac.fail_on`: who set it last. */
  readonly origins: ReadonlyMap<string, PolicyOrigin>
}

export interface PolicyOrigin {
  /** As in `EffectivePolicy.sources`. */
  readonly source: string
  /** Counts from 1; null for a preset. */
  readonly line: number | null
}
