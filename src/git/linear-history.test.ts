import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'

import { array, assert as assertProperty, asyncProperty, nat } from 'fast-check'

import { GitRepository } from '../testing/git-repository.ts'
import { CatFile } from './cat-file.ts'
import { Git } from './git.ts'
import { linearHistory } from './linear-history.ts'
import { mergeBase } from './objects.ts'

const repo = new GitRepository()
const git = new Git({ path: process.env['PATH'] ?? '' })
const catFile = new CatFile(git, repo.gitDir)
const objects = { git, gitDir: repo.gitDir, catFile, shallow: async () => new Set<string>() }

after(async () => {
  await catFile.close()
  repo.remove()
})

/** Commits on these parents, by their place in the list; each with a content of its own. */
function history(parents: readonly (readonly number[])[]): string[] {
  const oids: string[] = []
  for (const [at, of] of parents.entries()) {
    const names = new Set(of.flatMap((index) => oids[index % Math.max(1, oids.length)] ?? []))
    oids.push(repo.commit({ files: { a: `${at}` }, parents: [...names] }))
  }
  return oids
}

/** The places of what was found. */
async function found(oids: readonly string[], base: number, head: number) {
  const linear = await linearHistory(objects, { base: oids[base] ?? '', head: oids[head] ?? '' })
  if (linear === null) return null
  const { commits, mergeBase: common } = linear
  return { commits: commits.map(({ oid }) => oids.indexOf(oid)), mergeBase: oids.indexOf(common) }
}

describe('linearHistory', () => {
  for (const [name, parents, expected] of [
    ['a head on top of the base', [[], [0], [1]], { commits: [1, 2], mergeBase: 0 }],
    ['a merge that both sides begin at', [[], [], [0, 1], [2]], null],
    ['a merge on the side of the head', [[], [0], [0], [1, 2]], null],
    ['no common history', [[], []], null],
  ] satisfies [string, number[][], { commits: number[]; mergeBase: number } | null][]) {
    it(`${expected === null ? 'leaves to git' : 'has'} ${name}`, async () => {
      const oids = history(parents)

      assert.deepEqual(await found(oids, 0, oids.length - 1), expected)
    })
  }

  it('has both sides where the base moved on, also past a merge that both begin at', async () => {
    const oids = history([[], [], [0, 1], [2], [3], [2], [5]])

    assert.deepEqual(await found(oids, 4, 6), { commits: [5, 6], mergeBase: 2 })
  })

  it('says what git says, or nothing', async () => {
    const parents = array(array(nat(20), { maxLength: 2 }), { minLength: 2, maxLength: 12 })
    let answers = 0
    const agrees = async (given: number[][], one: number, other: number): Promise<void> => {
      const oids = history(given)
      const [base = '', head = ''] = [oids[one % oids.length], oids[other % oids.length]]

      const linear = await linearHistory(objects, { base, head })

      if (linear === null) return
      answers += 1
      const printed = await git.line({
        gitDir: repo.gitDir,
        args: ['rev-list', '--topo-order', '--reverse', head, `^${base}`],
      })
      assert.deepEqual(
        linear.commits.map(({ oid }) => oid),
        printed.split('\n').filter(Boolean),
      )
      assert.equal(linear.mergeBase, await mergeBase(objects, base, head))
    }
    await assertProperty(asyncProperty(parents, nat(20), nat(20), agrees), { numRuns: 40 })
    assert.ok(answers > 5, `${answers} answers`)
  })
})
