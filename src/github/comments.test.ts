import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { name, openedApp, repo } from '../testing/opened-app.ts'

const mark = '<!-- mark -->'

describe('finding our comment', () => {
  for (const [what, by, expected] of [
    ['finds one of our App', { id: 99 }, 7],
    ['passes over the same text of a person', null, null],
    ['passes over the same text of another App', { id: 98 }, null],
  ] as const) {
    it(what, async () => {
      const comments = [
        { id: 6, body: null, performed_via_github_app: { id: 99 } },
        { id: 7, body: `Hello ${mark}`, performed_via_github_app: by },
      ]
      const { github, etags } = await openedApp({
        [`GET ${repo}/issues/12/comments`]: () => ({ json: comments }),
      })

      const found = await github.comments.find(name, 12, mark)

      assert.equal(found?.id ?? null, expected)
      assert.equal(etags.kept.size, 0)
    })
  }
})
