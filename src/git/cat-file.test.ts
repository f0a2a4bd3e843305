import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'

import * as fc from 'fast-check'

import { GitRepository } from '../testing/git-repository.ts'
import { type ObjectReply, Replies } from './cat-file-replies.ts'
import { CatFile } from './cat-file.ts'
import { Git } from './git.ts'

const repo = new GitRepository()
const git = new Git({ path: process.env['PATH'] ?? '' })
after(() => repo.remove())

describe('CatFile', () => {
  it('answers many at once, each its own', async () => {
    const reader = new CatFile(git, repo.gitDir)
    const texts = Array.from({ length: 500 }, (_, at) => `${at}\n`.repeat(at))
    const oids = texts.map((text) => repo.object('blob', text))

    const read = await Promise.all(oids.map((oid) => reader.contents(oid, 'blob')))

    assert.deepEqual(read.map(String), texts)
    await reader.close()
  })

  it('knows an object that came after it was started', async () => {
    const reader = new CatFile(git, repo.gitDir)
    assert.equal(await reader.info('5'.repeat(40)), null)

    const info = await reader.info(repo.object('blob', 'later'))

    assert.equal(info?.size, 5)
    await reader.close()
  })

  it('refuses an object of another type', async () => {
    const reader = new CatFile(git, repo.gitDir)

    await assert.rejects(reader.contents(repo.object('blob', 'x'), 'commit'), { name: 'MissingObject' })
    await reader.close()
  })

  it('fails what was asked when it ends, and starts again', async () => {
    const reader = new CatFile(git, repo.gitDir)
    const oid = repo.object('blob', 'x')
    const asked = assert.rejects(reader.info(oid), { name: 'GitFailed' })

    await reader.close()

    await asked
    assert.equal((await reader.info(oid))?.size, 1)
    await reader.close()
  })

  it('ends when nobody asks', async () => {
    const ended = Promise.withResolvers<void>()
    class Watched extends Git {
      override serve(gitDir: string, args: readonly string[]): ReturnType<Git['serve']> {
        return super.serve(gitDir, args).on('close', () => ended.resolve())
      }
    }
    const reader = new CatFile(new Watched({ path: process.env['PATH'] ?? '' }), repo.gitDir, { idleMs: 1 })

    await reader.info('HEAD')

    await ended.promise
  })

  it('gives up a process that does not answer', async () => {
    class Silent extends Git {
      override serve(gitDir: string): ReturnType<Git['serve']> {
        // It reads its input to the end, and that does not come.
        return super.serve(gitDir, ['hash-object', '--stdin'])
      }
    }
    const reader = new CatFile(new Silent({ path: process.env['PATH'] ?? '' }), repo.gitDir, { stuckMs: 1 })
    const alive = setInterval(() => undefined, 1000)

    await assert.rejects(reader.info('HEAD'), { name: 'GitFailed' })
    clearInterval(alive)
  })
})

describe('Replies', () => {
  it('reads the same however it is cut', () => {
    const oid = 'a'.repeat(40)
    const reply = fc.oneof(
      fc.constant({ hasBody: true, bytes: Buffer.from('nope missing\n') }),
      fc.constant({ hasBody: false, bytes: Buffer.from(`${oid} tree 12\n`) }),
      fc.uint8Array({ maxLength: 60 }).map((body) => ({
        hasBody: true,
        bytes: Buffer.concat([Buffer.from(`${oid} blob ${body.length}\n`), body, Buffer.from('\n')]),
      })),
    )
    fc.assert(
      fc.property(fc.array(reply, { maxLength: 10 }), fc.integer({ min: 1, max: 40 }), (all, size) => {
        const whole = Buffer.concat(all.map(({ bytes }) => bytes))
        const bodies = all.map(({ hasBody }) => hasBody)
        const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
          whole.subarray(at * size, (at + 1) * size),
        )

        assert.deepEqual(parse(bodies, chunks), parse(bodies, [whole]))
        assert.equal(parse(bodies, chunks).length, all.length)
      }),
    )
  })

  it('takes no other line for a reply', () => {
    assert.throws(() => parse([false], [Buffer.from('hello\n')]), /no reply/)
  })

  it('takes a missing name that looks like a header for missing', () => {
    assert.deepEqual(parse([false], [Buffer.from(`${'a'.repeat(40)} blob 5 missing\n`)]), [null])
  })
})

function parse(bodies: readonly boolean[], chunks: readonly Buffer[]): (ObjectReply | null)[] {
  const found: (ObjectReply | null)[] = []
  const replies = new Replies({
    hasBody: () => bodies[found.length] === true,
    reply: (reply) => found.push(reply),
  })
  for (const chunk of chunks) replies.push(chunk)
  return found
}
