import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { loadPolicy } from '../load-policy.ts'

describe('findsItsExamples', () => {
  for (const [name, rule, key, message] of [
    ['an open group', { pattern: '(a' }, 'pattern', /linear subset/],
    ['a back-reference', { pattern: String.raw`(a)\1` }, 'pattern', /linear subset/],
    ['a look-ahead', { pattern: 'a(?=b)' }, 'pattern', /linear subset/],
    ['a look-behind', { pattern: '(?<=a)b' }, 'pattern', /linear subset/],
    [
      'an example that is not found',
      { pattern: 'a{3}', examples: { match: ['aaa', 'aa'] } },
      'examples.match[1]',
      /does not find/,
    ],
    [
      'one without a keyword',
      { pattern: 'a+', keywords: ['bb'], examples: { match: ['aa'] } },
      'examples.match[0]',
      /keywords/,
    ],
    [
      'one to ignore that is found',
      { pattern: 'a+', examples: { ignore: ['ba'] } },
      'examples.ignore[0]',
      /finds/,
    ],
  ] as const)
    it(`refuses ${name}`, () => {
      const [problem] = problems([{ id: 'custom/x', title: 'x', ...rule }])

      assert.equal(problem?.key, `gates.secrets.custom[0].${key}`)
      assert.match(problem.message, message)
    })

  it('takes a pattern that does what it says', () => {
    const examples = { match: ['AA-17'], ignore: ['AA-1'] }

    assert.deepEqual(
      problems([{ id: 'custom/x', title: 'x', pattern: '[A-Z]{2}-[0-9]{2}', keywords: ['aa-'], examples }]),
      [],
    )
  })

  it('takes no id twice', () => {
    const rule = { id: 'custom/x', title: 'x', pattern: 'x' }

    assert.match(problems([rule, rule])[0]?.message ?? '', /custom\/x is there twice/)
  })
})

function problems(custom: unknown) {
  const text = JSON.stringify({ gates: { secrets: { custom } } })
  const loaded = loadPolicy({ repository: { path: 'p.yml', oid: null, text }, organisation: null })
  return loaded.kind === 'invalid' ? loaded.problems : loaded.warnings
}
