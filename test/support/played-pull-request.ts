import type { PullRequest } from '../../github-simulator/state.ts'
import { leakingManifest } from './secret.ts'
import { manifest, propose, runsOf } from './stage.ts'
import type { Stage } from './stage.ts'

/** What a person may do to a pull request, each with what it makes of the verdict. */
export const moves = [
  'push',
  'leak',
  'start over',
  'approve',
  'object',
  'withdraw',
  'label',
  'comment',
  're-run',
] as const
export type Move = (typeof moves)[number]

/** A pull request that a test plays with, and the outcome that its check must have in the end. */
export class PlayedPullRequest {
  readonly pull: PullRequest
  readonly #at: Stage
  readonly #branch: string
  #commits = 0
  #hasLeak = false
  #hasApproval = false
  #hasObjection = false

  private constructor(at: Stage, branch: string, pull: PullRequest) {
    this.#at = at
    this.#branch = branch
    this.pull = pull
  }

  static async open(at: Stage, branch: string): Promise<PlayedPullRequest> {
    const pull = await propose(at, branch, { [`apps/${branch}.yaml`]: manifest(branch) })
    return new PlayedPullRequest(at, branch, pull)
  }

  get expected(): 'failure' | 'success' | 'action_required' {
    if (this.#hasLeak || this.#hasObjection) return 'failure'
    return this.#hasApproval ? 'success' : 'action_required'
  }

  get isAsExpected(): boolean {
    const run = runsOf(this.#at, this.pull).at(-1)
    return run?.status === 'completed' && run.conclusion === this.expected
  }

  async play(move: Move): Promise<void> {
    const { simulator, repository, bob, carol, alice } = this.#at
    switch (move) {
      case 'push':
        return this.#commit(manifest(`${this.#branch}-${this.#commits}`))
      case 'leak':
        this.#hasLeak = true
        return this.#commit(leakingManifest(`${this.#branch} ${this.#commits}`))
      case 'start over':
        this.#hasLeak = false
        return this.#commit(manifest(`${this.#branch}-${this.#commits}`), [
          repository.branches.get('main') ?? '',
        ])
      case 'approve':
        this.#hasApproval = true
        return void simulator.pullRequests.approve(repository, this.pull, bob)
      case 'object':
        this.#hasObjection = true
        return void simulator.pullRequests.requestChanges(repository, this.pull, carol)
      case 'withdraw':
        this.#hasObjection = false
        this.#hasApproval = true
        return void simulator.pullRequests.approve(repository, this.pull, carol)
      case 'label':
        return simulator.pullRequests.addLabel(repository, this.pull, `label-${this.#commits}`, alice)
      case 'comment':
        return void simulator.comments.add(repository, this.pull, '/rescan', bob)
      case 're-run':
        return this.rerun()
    }
  }

  async rerun(): Promise<void> {
    const { simulator, repository, alice } = this.#at
    const run = runsOf(this.#at, this.pull).at(-1)
    if (run !== undefined) simulator.checks.rerequest(repository, run, alice)
  }

  async #commit(content: string, parents?: readonly string[]): Promise<void> {
    const { simulator, repository, alice } = this.#at
    this.#commits += 1
    this.#hasApproval = false
    const changes = { [`apps/${this.#branch}-${this.#commits}.yaml`]: content }
    await simulator.branches.commit(repository, {
      branch: this.#branch,
      changes,
      message: `Commit ${this.#commits}`,
      by: alice,
      ...(parents === undefined ? {} : { parents }),
    })
  }
}
