import type { Guarantee } from '../../model/inspection.ts'
import type { ReviewRule } from './rule.ts'

const rulesets =
  'https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets'
const bypass =
  'https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#granting-bypass-permissions-for-your-branch-or-tag-ruleset'

/** What a guarantee of the branch's protection is that does not hold, in words. They belong to the gate that asks for people. */
export const protectionRules: Readonly<Record<Guarantee['id'], ReviewRule>> = {
  'check-required': {
    id: 'protection/check-required',
    title: 'The check is not required',
    severity: 'high',
    rationale:
      'A branch without the required check takes a change whatever the verdict is. Whoever has write access merges a secret or an unreviewed manifest straight to the clusters.',
    remediation: 'Require the check in a ruleset of the branch, with Portcullis as its source.',
    references: [rulesets],
  },
  'check-pinned': {
    id: 'protection/check-pinned',
    title: 'The required check may come from anybody',
    severity: 'high',
    rationale:
      'A required check that is not tied to one App is satisfied by anybody who may write statuses. A workflow that the change itself brings can post it green.',
    remediation: 'Choose Portcullis as the source of the required check in the ruleset of the branch.',
    references: [rulesets],
  },
  'force-push-blocked': {
    id: 'protection/force-push-blocked',
    title: 'Force pushes are allowed',
    severity: 'high',
    rationale:
      'A force push replaces the history that was judged and approved. What clusters deploy afterwards was never proposed, and the old commits are hard to find again.',
    remediation: 'Block force pushes in the ruleset of the branch.',
    references: [rulesets],
  },
  'no-bypass': {
    id: 'protection/no-bypass',
    title: 'Somebody may bypass the branch rules',
    severity: 'high',
    rationale:
      'Whoever is on the bypass list merges without any check and any review. One stolen account or token of theirs is enough to deploy anything.',
    remediation:
      'Remove them from the bypass list, or name them in `protection.bypass_actors` of the policy.',
    references: [bypass],
  },
}
