import type { ReviewRule } from '../rule.ts'

export const changesRequested: ReviewRule = {
  id: 'reviews/changes-requested',
  title: 'Changes were requested',
  severity: 'high',
  rationale:
    'A reviewer saw something that must not be deployed. Enough approvals of others would merge it over that objection without anybody answering it.',
  remediation:
    'Make the change that was asked for and ask that reviewer to approve, or have somebody with write access dismiss the review with a reason.',
  references: [
    'https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/about-pull-request-reviews',
  ],
}
