import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { errorFields } from './log.ts'
import { Gone } from './ports/github-errors.ts'

describe('what the log says of an error', () => {
  it('is no message of another library: it may quote what it was given', () => {
    const cause = new SyntaxError('Unexpected token: the content of a file')

    const said = JSON.stringify(errorFields(new TypeError('the content of a file', { cause })))

    assert.doesNotMatch(said, /content of a file/)
    assert.match(said, /"type":"TypeError".*log\.test\.ts.*"type":"SyntaxError"/)
  })

  it('is our own sentence, and the code of a system error', () => {
    const error = Object.assign(new Error('open /secret'), { code: 'ENOENT' })

    assert.match(
      JSON.stringify(errorFields(new Gone('acme/fleet is gone.'))),
      /"message":"acme\/fleet is gone\."/,
    )
    assert.match(JSON.stringify(errorFields(error)), /"code":"ENOENT"/)
  })

  it('is the type alone of what is no error', () =>
    assert.deepEqual(errorFields('a secret'), { type: 'string' }))
})
