import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'

import { startApp } from '../harness/app-process.ts'
import type { World } from '../harness/world.ts'
import { GitRepository } from '../src/testing/git-repository.ts'
import type { Planted } from './planted.ts'

/** A repository that lost the very blob that a change adds. */
export function withoutItsBlob(root: string, planted: Planted): string {
  const git = new GitRepository({ folder: join(root, 'damaged') })
  const token = planted.token('a lost blob')
  const blob = git.object('blob', token)
  const first = git.commit({ files: { a: 'a' } })
  git.ref('refs/heads/main', first)
  git.ref('refs/heads/topic', git.commit({ files: { [token]: token }, parents: [first], message: token }))
  rmSync(join(git.gitDir, 'objects', blob.slice(0, 2), blob.slice(2)))
  return git.folder
}

/** The App with settings that are wrong and secret. */
export async function startsThatFail(world: World, root: string, planted: Planted): Promise<string[]> {
  const said: string[] = []
  const of = 'a setting'
  for (const environment of [
    { PRIVATE_KEY: planted.password(of) },
    { PRIVATE_KEY: `-----BEGIN PRIVATE KEY-----\n${planted.password(of)}\n-----END PRIVATE KEY-----` },
    { DATABASE_URL: `mysql://portcullis:${planted.password(of)}@db.example/portcullis` },
    { DATABASE_URL: `postgres://portcullis:${planted.password(of)}@127.0.0.1:1/portcullis` },
    { GITHUB_CLIENT_SECRET: planted.password(of) },
    {
      WEBHOOK_SECRET_PREVIOUS: planted.password(of).slice(0, 12),
      GHE_HOST: `user:${planted.password(of)}@ghe.example`,
    },
  ]) {
    const settings = { ...world.settings, dataDir: join(root, 'data'), environment }
    await assert.rejects(startApp(settings), (error: Error) => {
      said.push(error.message)
      return true
    })
  }
  return said
}
