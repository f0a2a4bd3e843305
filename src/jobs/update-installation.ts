import type { DataOf } from '../ports/queue.ts'
import type { App } from './app.ts'
import { evaluateOpenPullRequests } from './open-pull-requests.ts'

/** The App was installed, removed, or given other repositories. */
export async function updateInstallation(app: App, data: DataOf<'update-installation'>): Promise<void> {
  const { installation, change, removed } = data
  app.forgetGitHub(installation)
  if (change === 'removed') {
    await app.mirrors.purge(installation)
    await app.stores.installations.purge(installation)
    return
  }
  for (const fullName of removed) await forget(app, installation, fullName)
  if (change === 'suspended') return
  await app.stores.installations.add(installation)
  const github = app.github(installation)
  for (const repository of await github.repositories()) {
    const key = { installation, repository: repository.id }
    await app.stores.installations.nameRepository(key, `${repository.owner}/${repository.name}`)
    if (!repository.isArchived) await evaluateOpenPullRequests(app, { github, installation, repository })
  }
}

/** Nothing of a repository that the installation no longer sees is kept. */
async function forget(app: App, installation: number, fullName: string): Promise<void> {
  const repository = await app.stores.installations.repositoryId(installation, fullName)
  if (repository === null) return
  await app.mirrors.purge(installation, repository)
  await app.stores.installations.purge(installation, repository)
}
