import type { ReviewRule } from '../rule.ts'

export const requirementCannotBeMet: ReviewRule = {
  id: 'reviews/requirement-cannot-be-met',
  title: 'A requirement that nobody can meet',
  severity: 'high',
  rationale:
    'Fewer people may approve than the policy asks for, so waiting would never end. Whoever then merges around the check has nobody who looked at the change.',
  remediation:
    'Ask a maintainer to name more people in the requirement, to add members to its team, or to let the App see that team; or let somebody who may not approve here hand the change over.',
  references: [
    'https://docs.github.com/en/organizations/organizing-members-into-teams/adding-organization-members-to-a-team',
  ],
}
