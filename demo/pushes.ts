import type { Account } from '../github-simulator/state.ts'
import type { Act } from './act.ts'

const branch = 'canary'
const script = 'scripts/promote-canary.sh'
const project = 'projects/shop.yaml'

/** A token that is committed and taken out again, and a project that may deploy anywhere. Opens the pull request. */
export async function pushBadChange(
  { stage, laptop }: Pick<Act, 'stage' | 'laptop'>,
  token: string,
): Promise<void> {
  const { ana } = stage.cast
  await laptop.git(['checkout', '--quiet', '-b', branch])
  await laptop.commit(
    { [script]: scriptWith(`export GH_TOKEN=${token}`) },
    'Promote the canary from a script',
    ana,
  )
  await laptop.commit({ [script]: scriptWith(fromEnvironment) }, 'Take the token from the environment', ana)
  const anywhere = withDestination(laptop.read(project), { server: "'*'", namespace: "'*'" })
  await laptop.commit({ [project]: anywhere }, 'Let the shop deploy its canary', ana)
  await push({ stage, laptop }, ana)
  const title = 'Deploy a canary of the shop'
  await stage.openPullRequest({ branch, by: ana, title })
}

/** The branch made anew from main, and force-pushed. */
export async function pushRepairedChange({ stage, laptop }: Pick<Act, 'stage' | 'laptop'>): Promise<void> {
  const { ana, kim } = stage.cast
  await laptop.git(['reset', '--quiet', '--hard', 'origin/main'])
  await laptop.commit({ [script]: scriptWith(fromEnvironment) }, 'Promote the canary from a script', ana)
  const canary = { server: 'https://kubernetes.default.svc', namespace: 'shop-canary' }
  const named = withDestination(laptop.read(project), canary)
  await laptop.commit({ [project]: named }, 'Let the shop deploy its canary to shop-canary', kim)
  await push({ stage, laptop }, ana)
}

const fromEnvironment = ': "${GH_TOKEN:?is the token of the pipeline}"'

function scriptWith(line: string): string {
  return ['#!/bin/sh -eu', line, 'gh workflow run promote.yml --field environment=canary', ''].join('\n')
}

/** The destinations of an AppProject are followed by its resources. */
function withDestination(yaml: string, { server, namespace }: { server: string; namespace: string }): string {
  const after = '  clusterResourceWhitelist:'
  return yaml.replace(after, `    - server: ${server}\n      namespace: ${namespace}\n${after}`)
}

async function push({ stage, laptop }: Pick<Act, 'stage' | 'laptop'>, by: Account): Promise<void> {
  const sha = await laptop.git(['rev-parse', 'HEAD'])
  await stage.simulator.branches.pushFrom(stage.cast.repository, laptop.folder, { sha, branch, by })
}
