/** What the protection of a guarded branch should guarantee, compared with what is effective. */
export interface Inspection {
  readonly branch: string
  readonly guarantees: readonly Guarantee[]
}

export interface Guarantee {
  readonly id: 'check-required' | 'check-pinned' | 'force-push-blocked' | 'no-bypass'
  /** `unknown` where it could not be read: it is never taken for granted. */
  readonly holds: 'yes' | 'no' | 'unknown'
  /** One sentence: what holds, or what does not. */
  readonly message: string
  /** What to do about it; empty where it holds. */
  readonly remediation: string
}

/** Whether the branch that a change goes to is protected, for each required check of it: what decides with `fail_on_drift`. */
export type ProtectionInput =
  /** The policy only reports drift, or there is no pull request that it could hold back. */
  | { readonly kind: 'not-asked' }
  /** It decides, and nobody read the effective rules. */
  | { readonly kind: 'unread'; readonly branch: string }
  | {
      readonly kind: 'inspected'
      readonly inspections: readonly { readonly check: string; readonly inspection: Inspection }[]
    }
