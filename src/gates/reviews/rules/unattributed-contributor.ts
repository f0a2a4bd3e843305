import type { ReviewRule } from '../rule.ts'

export const unattributedContributor: ReviewRule = {
  id: 'reviews/unattributed-contributor',
  title: 'A contributor without an account',
  severity: 'info',
  rationale:
    'A commit names somebody whom GitHub cannot tie to an account. That may be any of the reviewers, who would then approve their own change, so every requirement asks for one approval more.',
  remediation:
    'Add the e-mail address to the account that it belongs to, or write the commit again with an address of that account; or get one approval more.',
  references: [
    'https://docs.github.com/en/pull-requests/committing-changes-to-your-project/troubleshooting-commits/why-are-my-commits-linked-to-the-wrong-user',
  ],
}
