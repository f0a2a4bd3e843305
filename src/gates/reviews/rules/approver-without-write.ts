import type { ReviewRule } from '../rule.ts'

export const approverWithoutWrite: ReviewRule = {
  id: 'reviews/approver-without-write',
  title: 'An approval of somebody without write access',
  severity: 'info',
  rationale:
    'The policy names this person, so the approval counts here. GitHub itself counts only reviewers with write access, so a review that its own branch protection requires is still missing.',
  remediation: 'Give this person write access, or name somebody in the requirement who has it.',
  references: [
    'https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/approving-a-pull-request-with-required-reviews',
  ],
}
