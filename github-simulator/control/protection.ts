import type { Account, ClassicProtection, Repository, Rule, Ruleset } from '../state.ts'
import { protectionHappened, rulesetHappened } from '../webhooks/protection.ts'
import type { World } from '../world.ts'
import { nextId } from '../world.ts'

export interface NewRuleset {
  readonly name: string
  readonly rules: readonly Rule[]
  readonly enforcement?: Ruleset['enforcement']
  /** Default: the default branch. */
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  /** Of an organisation's ruleset. Default: all repositories. */
  readonly repositories?: readonly string[]
  readonly bypassActors?: readonly Readonly<Record<string, unknown>>[]
}

export type NewProtection = Partial<Omit<ClassicProtection, 'id' | 'createdAt' | 'pattern'>>

/** Rulesets and classic protection. */
export class Protection {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  addRuleset(repository: Repository, wanted: NewRuleset, sender: Account): Ruleset {
    const source = { type: 'Repository', name: `${repository.owner.login}/${repository.name}` } as const
    const ruleset = this.#ruleset(wanted, source)
    repository.rulesets.push(ruleset)
    rulesetHappened(this.#world, repository, { action: 'created', ruleset, sender })
    return ruleset
  }

  addOrganizationRuleset(organization: Account, wanted: NewRuleset): Ruleset {
    const ruleset = this.#ruleset(wanted, { type: 'Organization', name: organization.login })
    organization.rulesets.push(ruleset)
    return ruleset
  }

  editRuleset(
    repository: Repository,
    ruleset: Ruleset,
    to: Partial<Pick<Ruleset, 'rules' | 'enforcement' | 'include' | 'exclude' | 'bypassActors'>>,
    sender: Account,
  ): void {
    Object.assign(ruleset, to, { updatedAt: this.#world.clock() })
    rulesetHappened(this.#world, repository, { action: 'edited', ruleset, sender })
  }

  deleteRuleset(repository: Repository, ruleset: Ruleset, sender: Account): void {
    repository.rulesets.splice(repository.rulesets.indexOf(ruleset), 1)
    rulesetHappened(this.#world, repository, { action: 'deleted', ruleset, sender })
  }

  /** Protects a branch, or a pattern of branches, the classic way; a protection that is there is replaced. */
  protect(
    repository: Repository,
    pattern: string,
    wanted: NewProtection,
    sender: Account,
  ): ClassicProtection {
    const known = repository.protections.findIndex((one) => one.pattern === pattern)
    const rule = { ...nothing, ...wanted, id: nextId(this.#world), pattern, createdAt: this.#world.clock() }
    if (known !== -1) repository.protections.splice(known, 1)
    repository.protections.push(rule)
    protectionHappened(this.#world, repository, { action: known === -1 ? 'created' : 'edited', rule, sender })
    return rule
  }

  unprotect(repository: Repository, rule: ClassicProtection, sender: Account): void {
    repository.protections.splice(repository.protections.indexOf(rule), 1)
    protectionHappened(this.#world, repository, { action: 'deleted', rule, sender })
  }

  #ruleset(wanted: NewRuleset, source: Ruleset['source']): Ruleset {
    return {
      id: nextId(this.#world),
      name: wanted.name,
      source,
      enforcement: wanted.enforcement ?? 'active',
      include: wanted.include ?? ['~DEFAULT_BRANCH'],
      exclude: wanted.exclude ?? [],
      repositories: wanted.repositories ?? ['~ALL'],
      bypassActors: wanted.bypassActors ?? [],
      rules: wanted.rules,
      createdAt: this.#world.clock(),
      updatedAt: this.#world.clock(),
    }
  }
}

/** A protection that demands nothing but that force pushes and deletions are refused. */
const nothing = {
  requiredChecks: null,
  reviews: null,
  enforceAdmins: false,
  requiredSignatures: false,
  linearHistory: false,
  forcePushes: false,
  deletions: false,
  conversationResolution: false,
} as const
