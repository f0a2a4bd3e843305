import type { Answer } from '../answer.ts'
import { notFound, ok, Refusal } from '../answer.ts'
import { classicProtection, effectiveRules, requiredChecks, rulesetsOf } from '../branch-rules.ts'
import type { Call } from '../call.ts'
import { gitText, GitRefused } from '../git.ts'
import { findCommit } from '../history.ts'
import { isAtLeast, roleOf } from '../roles.ts'
import type { Repository } from '../state.ts'
import { commitView } from '../views/commit.ts'
import { repositoryApi, repositoryPage } from '../views/repository.ts'
import { protectionView, rulesetView, simpleRulesetView } from '../views/ruleset.ts'
import { nodeId } from '../world.ts'
import type { Endpoints } from './handler.ts'

/** Refs, branches, and the rules that hold for them. */
export const branchEndpoints = {
  'GET /repos/{owner}/{repo}/git/ref/{ref}': getRef,
  'GET /repos/{owner}/{repo}/branches/{branch}': getBranch,

  'GET /repos/{owner}/{repo}/branches/{branch}/protection': (call) => {
    const repository = call.repository()
    const branch = existingBranch(call, repository)
    const rule = classicProtection(repository, branch)
    if (rule === null) throw new Refusal(404, 'Branch not protected')
    return ok(protectionView(call.world, repository, branch, rule))
  },

  'GET /repos/{owner}/{repo}/rules/branches/{branch}': (call) => ({
    items: effectiveRules(call.repository(), call.text('branch')).map(({ rule, ruleset }) => ({
      ...rule,
      ruleset_source_type: ruleset.source.type,
      ruleset_source: ruleset.source.name,
      ruleset_id: ruleset.id,
    })),
  }),

  'GET /repos/{owner}/{repo}/rulesets': (call) => {
    const repository = call.repository()
    const all = call.option('includes_parents') === 'false' ? repository.rulesets : rulesetsOf(repository)
    return { items: all.map((ruleset) => simpleRulesetView(call.world, repository, ruleset)) }
  },

  'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}': (call) => {
    const { caller } = call
    const repository = call.repository()
    const ruleset = rulesetsOf(repository).find(({ id }) => id === call.number('ruleset_id'))
    if (ruleset === undefined) throw notFound()
    const mayChange = caller.kind === 'person' && isAtLeast(roleOf(repository, caller.account), 'admin')
    return ok(rulesetView(call.world, repository, ruleset, mayChange))
  },
} satisfies Endpoints

async function getRef(call: Call): Promise<Answer> {
  const repository = call.repository()
  const ref = `refs/${call.text('ref')}`
  const api = repositoryApi(call.world, repository)
  try {
    const sha = await gitText(repository.gitDirectory, [
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      ref,
    ])
    const type = await gitText(repository.gitDirectory, ['cat-file', '-t', sha])
    const object = { sha, type, url: `${api}/git/${type}s/${sha}` }
    return ok({ ref, node_id: nodeId('Ref', ref), url: `${api}/git/${ref}`, object })
  } catch (error) {
    if (error instanceof GitRefused) throw notFound()
    throw error
  }
}

async function getBranch(call: Call): Promise<Answer> {
  const { world } = call
  const repository = call.repository()
  const name = existingBranch(call, repository)
  const commit = await findCommit(repository, name)
  if (commit === null) throw notFound()
  const checks = requiredChecks(repository, name)
  const isProtected =
    classicProtection(repository, name) !== null || effectiveRules(repository, name).length > 0
  const self = `${repositoryApi(world, repository)}/branches/${encodeURIComponent(name)}`
  return ok({
    name,
    commit: commitView(world, repository, commit),
    _links: { self, html: `${repositoryPage(world, repository)}/tree/${name}` },
    protected: isProtected,
    protection: {
      enabled: isProtected,
      required_status_checks: {
        enforcement_level: checks.length > 0 ? 'non_admins' : 'off',
        contexts: checks.map(({ context }) => context),
        checks: checks.map(({ context, appId }) => ({ context, app_id: appId })),
      },
    },
    protection_url: `${self}/protection`,
  })
}

function existingBranch(call: Call, repository: Repository): string {
  const name = call.text('branch')
  if (!repository.branches.has(name)) throw new Refusal(404, 'Branch not found')
  return name
}
