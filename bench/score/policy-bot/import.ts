import type {
  Approver,
  Needs,
  Requirement,
  RequirementCondition,
  ReviewsPolicy,
} from '../../../src/model/policy.ts'
import { CannotImport } from './cannot-import.ts'
import { globOfPattern, globsOfGlob } from './globs.ts'
import { type Actors, type Approval, invalid, type PolicyBot, readPolicyBot, type Rule } from './grammar.ts'
import { type Counting, countingOf } from './options.ts'

/** The name of the requirement of nobody that names who may ask for changes. */
export const disapproval = 'disapproval'

/**
 * Our reviews policy that means the same as a policy of policy-bot. Throws `UserError` for one that policy-bot refuses,
 * {@link CannotImport} for one that ours cannot express: half a policy is never imported.
 */
export function importPolicyBot(text: string): ReviewsPolicy {
  const source = readPolicyBot(text)
  const rules = new Map(source.approval_rules.map((rule) => [rule.name, rule]))
  const used: Rule[] = []
  const ruleOf = (name: string): Rule => {
    const rule = rules.get(name)
    if (rule === undefined) throw invalid(`"approval" names the rule "${name}", which there is not.`)
    used.push(rule)
    return rule
  }
  const requirements = source.policy.approval.flatMap((node) => requirementsOf(node, ruleOf))
  requirements.push(...disapprovalOf(source))
  const counting = commonCounting(used, source)
  return { requirements, ...counting, distinct: false, bots: { may_approve: true } }
}

/** What all must hold becomes one requirement each, because only a requirement has a condition. */
function requirementsOf(node: Approval, ruleOf: (name: string) => Rule): Requirement[] {
  if (typeof node === 'string') {
    const rule = ruleOf(node)
    return [{ name: rule.name, if: conditionOf(rule), ...needsOfRule(rule) }]
  }
  if ('and' in node) return node.and.flatMap((child) => requirementsOf(child, ruleOf))
  return [{ name: namesOf(node).join(' or '), if: null, ...needsOf(node, ruleOf) }]
}

function needsOf(node: Approval, ruleOf: (name: string) => Rule): Needs {
  if (typeof node !== 'string') {
    return 'and' in node
      ? { all: node.and.map((child) => needsOf(child, ruleOf)) }
      : { any: node.or.map((child) => needsOf(child, ruleOf)) }
  }
  const rule = ruleOf(node)
  if (conditionOf(rule) !== null) throw new CannotImport('a rule with a condition inside or')
  return needsOfRule(rule)
}

function namesOf(node: Approval): readonly string[] {
  if (typeof node === 'string') return [node]
  return ('and' in node ? node.and : node.or).flatMap(namesOf)
}

function conditionOf({ if: predicates }: Rule): RequirementCondition | null {
  const { changed_files: files, ...others } = predicates ?? {}
  for (const [key, value] of Object.entries(others))
    if (value !== undefined) throw new CannotImport(`if.${key}`)
  if (files === undefined) return null
  if (files.ignore.length > 0) throw new CannotImport('if.changed_files.ignore')
  if (files.ignore_globs.length > 0) throw new CannotImport('if.changed_files.ignore_globs')
  return { paths: [...files.paths.map(globOfPattern), ...files.globs.flatMap(globsOfGlob)] }
}

function needsOfRule({ requires }: Rule): Needs {
  if (requires == null) return { count: 0, by: [] }
  const { count, conditions, ...actors } = requires
  if (conditions !== undefined) throw new CannotImport('requires.conditions')
  return { count, by: approversOf(actors) }
}

function approversOf({
  users,
  teams,
  organizations,
  permissions,
  admins,
  write_collaborators,
}: Actors): Approver[] {
  if (organizations.length > 0) throw new CannotImport('requires.organizations')
  const by: Approver[] = [...users, ...teams.map((team) => `@${team}`), ...permissions]
  if (admins) by.push('admin')
  if (write_collaborators) by.push('write')
  return by
}

/** With us changes requested always block, by whoever has write access or is named; the naming is what is imported. */
function disapprovalOf({ policy }: PolicyBot): Requirement[] {
  const { if: predicates, options, requires } = policy.disapproval ?? {}
  if (predicates != null) throw new CannotImport('disapproval.if')
  if (options?.methods !== undefined) throw new CannotImport('disapproval.options.methods')
  return requires == null ? [] : [{ name: disapproval, if: null, count: 0, by: approversOf(requires) }]
}

/** Options stand in each rule there and once for all here. */
function commonCounting(rules: readonly Rule[], { approval_defaults: defaults }: PolicyBot): Counting {
  const each = rules.map((rule) => countingOf(rule.options ?? {}, defaults?.options ?? {}))
  const [first, ...others] = each
  if (first === undefined) throw invalid('"approval" names no rule.')
  const isCommon = others.every((other) => JSON.stringify(other) === JSON.stringify(first))
  if (!isCommon) throw new CannotImport('options that differ between rules')
  return first
}
