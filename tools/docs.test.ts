import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'

import { z } from 'zod'

import { brokenLinks } from './docs-links.ts'

const read = (path: string) => readFileSync(path, 'utf8')

/** Two pages; `docs/a.md` and the other have the same headings. */
const site = {
  isThere: (path: string) => ['docs/a.md', 'README.md'].includes(path),
  headings: () => ['two-words', 'why-not'],
}

describe('brokenLinks', () => {
  for (const [name, text, broken] of [
    ['nothing of a file that is there', '[a](a.md) and [b](../README.md)', []],
    ['a file that is not there', '[a](b.md)', ['b.md']],
    ['nothing of a heading that is there', '[a](a.md#two-words) [b](#why-not)', []],
    ['a heading that is not there', '[a](a.md#one-word)', ['a.md#one-word']],
    ['a heading of its own that is not there', '[a](#one)', ['#one']],
    ['nothing of other sites', '[a](https://example.com/b.md)', []],
    ['nothing in code', '`[a](b.md)`\n```\n[a](b.md)\n```\n', []],
    ['a link in a table, behind code', '| `x` | [a](b.md) |', ['b.md']],
    ['a path that begins at the root', '[a](/b.md)', ['/b.md']],
  ] as const) {
    it(`names ${name}`, () => assert.deepEqual(brokenLinks('docs/a.md', text, site), broken))
  }
})

describe('documentation', () => {
  const pages = [...globSync('*.md'), ...globSync('docs/**/*.md')]

  it('is looked at', () => assert.ok(pages.length > 10, `${pages.length} pages`))

  for (const page of pages) {
    it(`has no broken link in ${page}`, () =>
      assert.deepEqual(brokenLinks(page, read(page), { isThere: existsSync, headings: headingsOf }), []))
  }

  it('has a line for each dependency, and for no other', () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')))

    const described = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name)

    assert.deepEqual(new Set(described), new Set(Object.keys(dependencies)))
  })

  for (const [what, names] of [
    ['setting', settingsIn(read('src/env.ts'))],
    ['permission', manifestKeys('default_permissions')],
    ['event', manifestKeys('default_events')],
  ] as const) {
    it(`says in docs/install.md what each ${what} is for`, () => {
      const text = read('docs/install.md')

      assert.ok(names.length > 5, `only ${names.join(', ')} found`)
      assert.deepEqual(
        names.filter((name) => !text.includes(`\`${name}\``)),
        [],
      )
    })
  }

  it('names no test that is not there in the threat table', () => {
    const tests = [...read('SECURITY.md').matchAll(/\]\((src\/[^)]+\.test\.ts)\)/g)].map(
      ([, path]) => path ?? '',
    )

    assert.ok(tests.length > 20)
    assert.deepEqual(
      tests.filter(
        (path) => !statSync(join(dirname('SECURITY.md'), path), { throwIfNoEntry: false })?.isFile(),
      ),
      [],
    )
  })
})

/** As GitHub makes anchors of headings: small letters, blanks as dashes, no punctuation. */
function headingsOf(page: string): string[] {
  return [...read(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  )
}

/** Names in capitals that stand in quotes: what `src/env.ts` reads, and for secrets also the file's. */
function settingsIn(text: string): string[] {
  const list = (name: string) => new RegExp(`const ${name} = \\[([^\\]]*)\\]`).exec(text)?.[1] ?? ''
  const secrets = namesIn(list('secretSettings'))
  return [
    ...namesIn(list('plainSettings')),
    ...namesIn(list('networkSettings')),
    ...secrets.flatMap((name) => [name, `${name}_FILE`]),
  ]
}

function namesIn(source: string): string[] {
  return [...source.matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, name = '']) => name)
}

function manifestKeys(section: string): string[] {
  const [, body = ''] = new RegExp(`^${section}:\\n((?: .*\\n)+)`, 'm').exec(read('app.yml')) ?? []
  return [...body.matchAll(/^ {2}(?:- )?([a-z_]+)/gm)].map(([, name = '']) => name)
}
