import type { z } from 'zod'

import { notFound } from './answer.ts'
import type { Caller } from './authentication.ts'
import { visibleRepository } from './authorization.ts'
import type { Account, PullRequest, Repository } from './state.ts'
import type { ParameterValue } from './validation.ts'
import type { World } from './world.ts'

/** One call of an operation, after it was validated, authenticated and authorised. */
export class Call {
  readonly world: World
  readonly caller: Caller
  /** Media types that are asked for. */
  readonly accept: string
  readonly #values: ReadonlyMap<string, ParameterValue>
  readonly #body: unknown

  constructor(
    world: World,
    caller: Caller,
    request: { values: ReadonlyMap<string, ParameterValue>; body: unknown; accept: string },
  ) {
    this.world = world
    this.caller = caller
    this.accept = request.accept
    this.#values = request.values
    this.#body = request.body
  }

  text(name: string): string {
    return String(this.#values.get(name) ?? '')
  }

  /** A parameter that may be left out. */
  option(name: string): string | undefined {
    const value = this.#values.get(name)
    return value === undefined ? undefined : String(value)
  }

  number(name: string): number {
    return Number(this.#values.get(name))
  }

  body<T>(schema: z.ZodType<T>): T {
    return schema.parse(this.#body ?? {})
  }

  /** The repository that the path names. Throws the refusal 404. */
  repository(): Repository {
    return visibleRepository(this.world, this.caller, `${this.text('owner')}/${this.text('repo')}`)
  }

  pullRequest(repository: Repository): PullRequest {
    const pull = repository.pullRequests.get(this.number('pull_number'))
    if (pull === undefined) throw notFound()
    return pull
  }

  /** Under whose name a write happens. */
  actor(): Account {
    return this.caller.kind === 'person' ? this.caller.account : this.world.app.bot
  }
}
