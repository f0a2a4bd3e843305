import type { ReviewsPolicy } from '../../../src/model/policy.ts'
import { CannotImport } from './cannot-import.ts'
import type { Options } from './grammar.ts'

export type Counting = Pick<ReviewsPolicy, 'author_counts' | 'contributor_counts' | 'stale'>

/**
 * Whose approvals count, and for how long. A rule's option goes before the default's. What policy-bot accepts by default
 * and we do not, comments and approvals of an earlier content, is left stricter.
 */
export function countingOf(rule: Options, defaults: Options): Counting {
  const options = { ...defaults, ...rule, methods: { ...defaults.methods, ...rule.methods } }
  refuse(options)
  const anybody = options.allow_contributor ?? false
  return {
    author_counts: anybody || (options.allow_author ?? false),
    contributor_counts: anybody || (options.allow_non_author_contributor ?? false),
    // An update merge that changes nothing leaves the content as it is, so nothing has to be ignored for it.
    stale:
      options.invalidate_on_push === true && options.ignore_update_merges !== true
        ? 'always'
        : 'changed-content',
  }
}

function refuse(options: Options): void {
  const { methods = {}, ignore_commits_by: ignored, ignore_edited_comments: isEditedIgnored } = options
  if (ignored !== undefined) throw new CannotImport('options.ignore_commits_by')
  if (isEditedIgnored === true) throw new CannotImport('options.ignore_edited_comments')
  if (methods.github_review === false) throw new CannotImport('options.methods.github_review: false')
  for (const key of [
    'comments',
    'comment_patterns',
    'github_review_comment_patterns',
    'body_patterns',
  ] as const) {
    if ((methods[key] ?? []).length > 0) throw new CannotImport(`options.methods.${key}`)
  }
}
