import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { readGitPath } from './git-http.ts'
import { createRouter } from './router.ts'
import { githubDescription } from './validation.ts'

const route = createRouter(githubDescription())

describe('the router', () => {
  for (const [request, name, values] of [
    ['GET /repos/a/b/branches/x/y', 'GET /repos/{owner}/{repo}/branches/{branch}', { branch: 'x/y' }],
    [
      'GET /repos/a/b/branches/x/y/protection',
      'GET /repos/{owner}/{repo}/branches/{branch}/protection',
      { branch: 'x/y' },
    ],
    ['GET /repos/a/b/git/ref/heads%2Fx', 'GET /repos/{owner}/{repo}/git/ref/{ref}', { ref: 'heads/x' }],
    ['GET /repos/a/b/contents/', 'GET /repos/{owner}/{repo}/contents/{path}', { path: '' }],
    ['GET /repos/a/b/contents', 'GET /repos/{owner}/{repo}/contents/{path}', { path: '' }],
    [
      'GET /repos/a/b/issues/comments/7',
      'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
      { comment_id: '7' },
    ],
    [
      'GET /repos/a/b/commits/x/check-runs',
      'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
      { ref: 'x' },
    ],
  ] as const) {
    it(`finds ${request}`, () => {
      const [method = '', path = ''] = request.split(' ')

      const found = route(method, path)

      assert.equal(found?.name, name)
      for (const [key, value] of Object.entries(values)) assert.equal(found?.path.get(key), value)
    })
  }

  it('finds nothing under another method', () => assert.equal(route('DELETE', '/repos/a/b'), null))

  it('gives back any file name that was encoded into a path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const found = route('GET', `/repos/a/b/contents/${encodeURIComponent(name)}`)

        assert.equal(found?.path.get('path'), name)
      }),
    )
  })
})

describe('readGitPath', () => {
  for (const [path, expected] of [
    ['/a/b.git/info/refs', { fullName: 'a/b', rest: '/info/refs' }],
    ['/a/b/git-upload-pack', { fullName: 'a/b', rest: '/git-upload-pack' }],
    ['/a/b.c.git/git-upload-pack', { fullName: 'a/b.c', rest: '/git-upload-pack' }],
    ['/a/b', null],
    ['/a/info/refs', null],
  ] as const) {
    it(`reads ${path}`, () => assert.deepEqual(readGitPath(path), expected))
  }

  it('takes any text without failing', () => {
    fc.assert(fc.property(fc.string(), (text) => void readGitPath(`/${text}`)))
  })
})
