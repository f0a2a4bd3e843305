/**
 * A file as a relative reference that stays below the root of the repository: each segment is encoded, so that neither a
 * scheme nor a query can begin in it, and a segment that climbs or is empty is made a name. RFC 3986, §4.2 and §6.2.2.3.
 */
export function artifactOf(path: string): { readonly uri: string; readonly uriBaseId: string } {
  return { uri: path.split('/').map(segmentOf).join('/'), uriBaseId: '%SRCROOT%' }
}

/**
 * `%2E` would not do: a reader decodes what needs no encoding before it resolves, so `%2E%2E` climbs too. Git has no such
 * paths; what claims one is not looked for.
 */
function segmentOf(segment: string): string {
  if (segment === '') return '%00'
  if (/^\.{1,2}$/.test(segment)) return `${segment}%00`
  return encodeURIComponent(segment.toWellFormed())
}
