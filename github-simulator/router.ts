import type { OperationName } from './operations.ts'
import type { Description } from './validation.ts'
import { operationNames } from './validation.ts'

export interface Route {
  readonly name: OperationName
  /** Decoded values of the path. */
  readonly path: ReadonlyMap<string, string>
}

/** Finds the operation that a method and a path (without `/api/v3`) name; null if none is served. */
export type Router = (method: string, path: string) => Route | null

export function createRouter(description: Description): Router {
  const routes = operationNames()
    .map((name) => ({ name, method: name.slice(0, name.indexOf(' ')), ...pattern(description, name) }))
    // `branches/{branch}/protection` before `branches/{branch}`, whose branch may hold slashes.
    .toSorted((a, b) => b.literals - a.literals)
  return (method, path) => {
    for (const route of routes) {
      const match = route.method === method ? route.expression.exec(path) : null
      if (match === null) continue
      const values = route.keys.map(
        (key, index) => [key, decodeURIComponent(match[index + 1] ?? '')] as const,
      )
      return { name: route.name, path: new Map(values) }
    }
    return null
  }
}

function pattern(description: Description, name: OperationName) {
  const many = description.parameters(name).filter((parameter) => parameter['x-multi-segment'])
  const keys: string[] = []
  let literals = 0
  let source = ''
  for (const segment of name.slice(name.indexOf('/') + 1).split('/')) {
    const key = /^\{(.+)\}$/.exec(segment)?.[1]
    if (key === undefined) {
      literals += 1
      source += `/${segment}`
      continue
    }
    keys.push(key)
    const isMany = many.some((parameter) => parameter.name === key)
    // The root of a repository's contents is an empty path.
    if (key === 'path') source += '(?:/(.*))?'
    else source += isMany ? '/(.+)' : '/([^/]+)'
  }
  return { expression: new RegExp(`^${source}$`), keys, literals }
}
