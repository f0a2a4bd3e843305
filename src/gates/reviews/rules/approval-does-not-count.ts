import type { ReviewRule } from '../rule.ts'

export const approvalDoesNotCount: ReviewRule = {
  id: 'reviews/approval-does-not-count',
  title: 'An approval does not count',
  severity: 'info',
  rationale:
    'GitHub shows every approval alike, also one of somebody who wrote a part of the change, or of a state that is no longer there. Without the reason people wait for an approval that they believe they have.',
  remediation: 'Ask somebody whom the requirement names and who took no part to look at the newest commit.',
  references: [
    'https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/about-pull-request-reviews',
  ],
}
