import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { createBare } from './bare-repository.ts'
import { fastImport } from './fast-import.ts'
import { gitText } from './git.ts'
import { readCommits } from './history.ts'

async function bare(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'import-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  const directory = join(folder, 'a.git')
  await createBare(directory, { branch: 'main', objectFormat: 'sha1' })
  return directory
}

const author = { name: 'Ada Lovelace', email: 'ada@example.com' }
const at = new Date('2026-01-02T03:04:05Z')

describe('fastImport', () => {
  it('keeps any path, and a message and names as they are read back', async (context) => {
    const directory = await bare(context)
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter(isPath)
    const message = fc.string({ maxLength: 40 }).filter((text) => !text.includes('\0') && text.trim() !== '')

    await fc.assert(
      fc.asyncProperty(name, message, async (path, text) => {
        const commit = { branch: 'main', parents: [], changes: { [path]: 'x' }, author, message: text, at }
        const sha = await fastImport(directory, commit)

        assert.equal(await gitText(directory, ['ls-tree', '-r', '-z', '--name-only', sha]), `${path}\0`)
        const [read] = await readCommits(directory, ['--no-walk', sha])
        assert.equal(read?.message, text.replace(/\n$/, ''))
        assert.deepEqual(read?.author, { ...author, date: at })
      }),
      { numRuns: 25, examples: [['a', '! ']] },
    )
  })

  it('changes, removes and keeps files of the first parent', async (context) => {
    const directory = await bare(context)
    const first = { a: '1', b: '2', c: { mode: '100755', content: '3' } } as const
    const common = { branch: 'main', author, message: 'm', at }
    const parent = await fastImport(directory, { ...common, parents: [], changes: first })

    const sha = await fastImport(directory, { ...common, parents: [parent], changes: { a: 'new', b: null } })

    const listed = await gitText(directory, ['ls-tree', '--format=%(objectmode) %(path)', sha])
    assert.equal(listed, '100644 a\n100755 c')
    assert.equal(await gitText(directory, ['cat-file', 'blob', `${sha}:a`]), 'new')
  })
})

/** What git takes as a path of a file. */
function isPath(text: string): boolean {
  const isWhole = Buffer.from(text).toString() === text
  return (
    isWhole &&
    !text.includes('\0') &&
    text.split('/').every((part) => !['', '.', '..', '.git'].includes(part.toLowerCase()))
  )
}
