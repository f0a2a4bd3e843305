import { load, YAMLException } from 'js-yaml'
import { RE2JS } from 're2js'
import * as z from 'zod'

import { UserError } from '../../../src/std/user-error.ts'

/**
 * The grammar of a policy-bot policy (https://github.com/palantir/policy-bot#configuration), as strict as its own parser:
 * an unknown key is an error. Predicates that are not imported are only held to their names.
 */
const Pattern = z.string().refine(isRegularExpression, 'is not a regular expression of the linear subset')
const Patterns = z.array(Pattern)
const Strings = z.array(z.string())
const Matches = z.strictObject({ matches: Patterns.optional(), not_matches: Patterns.optional() }).nullable()
const Comparison = z.string().regex(/^\s*[<>=]\s*\d+\s*$/, 'is not a comparison such as "> 10"')

const ChangedFiles = z.strictObject({
  paths: Patterns.default([]),
  globs: Strings.default([]),
  ignore: Patterns.default([]),
  ignore_globs: Strings.default([]),
})
const SomeFiles = z.strictObject({ paths: Patterns.optional(), globs: Strings.optional() })

const Predicates = z.strictObject({
  changed_files: ChangedFiles.optional(),
  no_changed_files: ChangedFiles.optional(),
  only_changed_files: SomeFiles.optional(),
  file_added: SomeFiles.optional(),
  file_not_added: SomeFiles.optional(),
  file_deleted: SomeFiles.optional(),
  file_not_deleted: SomeFiles.optional(),
  has_author_in: z.unknown().optional(),
  has_contributor_in: z.unknown().optional(),
  only_has_contributors_in: z.unknown().optional(),
  author_is_only_contributor: z.unknown().optional(),
  targets_branch: z.strictObject({ pattern: Pattern }).optional(),
  from_branch: z.strictObject({ pattern: Pattern }).optional(),
  modified_lines: z
    .strictObject({
      additions: Comparison.optional(),
      deletions: Comparison.optional(),
      total: Comparison.optional(),
      files: z.unknown().optional(),
    })
    .optional(),
  has_status: z.unknown().optional(),
  has_successful_status: z.unknown().optional(),
  has_workflow_result: z.unknown().optional(),
  has_labels: z.unknown().optional(),
  repository: Matches.optional(),
  title: Matches.optional(),
  has_valid_signatures: z.unknown().optional(),
  has_valid_signatures_by: z.unknown().optional(),
  has_valid_signatures_by_keys: z.unknown().optional(),
  custom_property_is_null: z.unknown().optional(),
  custom_property_is_not_null: z.unknown().optional(),
  custom_property_matches_any_of: z.unknown().optional(),
  custom_property_matches_none_of: z.unknown().optional(),
})

const actors = {
  users: Strings.default([]),
  teams: Strings.default([]),
  organizations: Strings.default([]),
  permissions: z.array(z.enum(['read', 'triage', 'write', 'maintain', 'admin'])).default([]),
  admins: z.boolean().default(false),
  write_collaborators: z.boolean().default(false),
}

const Methods = z.strictObject({
  comments: Strings.optional(),
  comment_patterns: Patterns.optional(),
  github_review: z.boolean().optional(),
  github_review_comment_patterns: Patterns.optional(),
  body_patterns: Patterns.optional(),
})

const Options = z.strictObject({
  allow_author: z.boolean().optional(),
  allow_contributor: z.boolean().optional(),
  allow_non_author_contributor: z.boolean().optional(),
  invalidate_on_push: z.boolean().optional(),
  ignore_edited_comments: z.boolean().optional(),
  ignore_update_merges: z.boolean().optional(),
  ignore_commits_by: z.unknown().optional(),
  request_review: z.unknown().optional(),
  methods: Methods.optional(),
})
export type Options = z.infer<typeof Options>

const Rule = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  if: Predicates.nullish(),
  options: Options.nullish(),
  // A negative count means no approval there. It is refused: nobody writes it on purpose.
  requires: z
    .strictObject({ count: z.int().nonnegative().default(0), ...actors, conditions: z.unknown().optional() })
    .nullish(),
})
export type Rule = z.infer<typeof Rule>
export type Actors = Omit<NonNullable<Rule['requires']>, 'count' | 'conditions'>

/** A rule's name, or exactly one of `and` and `or`. */
export type Approval = string | { readonly and: readonly Approval[] } | { readonly or: readonly Approval[] }
const Approval: z.ZodType<Approval> = z.lazy(() =>
  z.union([
    z.string(),
    z.strictObject({ and: z.array(Approval).min(1) }),
    z.strictObject({ or: z.array(Approval).min(1) }),
  ]),
)

const PolicyBot = z.strictObject({
  policy: z.strictObject({
    // Without one policy-bot approves everything. It is refused: an empty policy must not let everything through.
    approval: z.array(Approval).min(1),
    disapproval: z
      .strictObject({
        if: Predicates.nullish(),
        options: z.strictObject({ methods: z.unknown().optional() }).nullish(),
        requires: z.strictObject(actors).nullish(),
      })
      .nullish(),
  }),
  approval_defaults: z.strictObject({ options: Options.nullish() }).nullish(),
  approval_rules: z.array(Rule).default([]),
})
export type PolicyBot = z.infer<typeof PolicyBot>

/** Levels that policy-bot reads, the list itself being the first. */
const maxDepth = 10

/** Reads a policy as policy-bot does. Throws `UserError` for what it refuses. */
export function readPolicyBot(text: string): PolicyBot {
  const parsed = PolicyBot.safeParse(readYaml(text))
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error).replaceAll(/\s+/g, ' '))
  const { policy, approval_rules: rules } = parsed.data
  const names = rules.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw invalid(`two rules are called "${twice}".`)
  if (depthOf({ and: policy.approval }) > maxDepth)
    throw invalid(`"approval" is nested deeper than ${maxDepth}.`)
  return parsed.data
}

function readYaml(text: string): unknown {
  try {
    return load(text)
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    throw invalid(error.reason, error)
  }
}

function depthOf(approval: Approval): number {
  if (typeof approval === 'string') return 0
  return 1 + Math.max(...('and' in approval ? approval.and : approval.or).map(depthOf))
}

function isRegularExpression(text: string): boolean {
  try {
    RE2JS.compile(text)
    return true
  } catch {
    return false
  }
}

/** What is wrong with a policy. */
export function invalid(message: string, cause?: unknown): UserError {
  const details = {
    code: 'policy-invalid' as const,
    message,
    remediation: 'Correct the policy and import it again.',
  }
  return new UserError(details, { cause })
}
