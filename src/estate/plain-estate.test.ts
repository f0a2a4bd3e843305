import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { deltaOf, isManifestPath, plainEstate } from './plain-estate.ts'

const object = (kind: string, name: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\n`
const estateOf = (text: string) => plainEstate([{ path: 'a.yaml', text }], true)
const idsOf = (resources: readonly { readonly id: string }[]) => resources.map(({ id }) => id)

describe('the estate of plain manifests', () => {
  it('has every object of every document', () => {
    const { resources, skips } = estateOf(`${object('Service', 'a')}---\n${object('Secret', 'b')}`)

    assert.deepEqual([idsOf(resources), skips], [['v1 Service shop/a', 'v1 Secret shop/b'], []])
  })

  it('has each item of a list, at its place', () => {
    const item = '  - { apiVersion: v1, kind: Service, metadata: { name: inner } }\n'
    const { resources } = estateOf(`apiVersion: v1\nkind: List\nitems:\n${item}`)

    assert.deepEqual(idsOf(resources), ['v1 Service inner'])
    assert.deepEqual(resources[0]?.locate(['metadata', 'name']).startLine, 4)
  })

  for (const [name, text] of [
    ['values of a chart', 'replicas: 3\n'],
    ['a list', '- 1\n'],
    ['nothing', ''],
    ['a kind without an apiVersion', 'kind: Service\n'],
  ] as const) {
    it(`has no object of ${name}`, () => assert.deepEqual(estateOf(text), { resources: [], skips: [] }))
  }

  for (const [path, text] of [
    ['Chart.yaml', 'name: a\n'],
    ['apps/kustomization.yaml', 'resources: []\n'],
    ['chart/templates/a.yaml', object('Service', 'a')],
    ['broken.yaml', 'a: [\n'],
  ] as const) {
    for (const blocks of [true, false]) {
      it(`names ${path} as not built, which ${blocks ? 'blocks' : 'does not block'} as the policy says`, () => {
        const { resources, skips } = plainEstate([{ path, text }], blocks)

        assert.deepEqual([resources, skips.map((skip) => [skip.path, skip.blocks])], [[], [[path, blocks]]])
      })
    }
  }

  it('takes for manifests what ends as YAML does, and what they are built from', () => {
    const paths = ['a.yaml', 'a.YML', 'Kustomization', 'x/templates/a.tpl', 'a.json', 'yaml', 'a.yaml.md']

    assert.deepEqual(paths.filter(isManifestPath), paths.slice(0, 4))
  })
})

describe('the delta of two estates', () => {
  it('tells by identity what came, went and stayed', () => {
    const base = estateOf(`${object('Service', 'gone')}---\n${object('Service', 'kept')}`)
    const head = estateOf(`${object('Service', 'kept')}---\n${object('Service', 'new')}`)

    const { added, changed, removed } = deltaOf(base, head)

    assert.deepEqual(
      [idsOf(added), idsOf(changed.map((pair) => pair.head)), idsOf(removed)],
      [['v1 Service shop/new'], ['v1 Service shop/kept'], ['v1 Service shop/gone']],
    )
  })
})
