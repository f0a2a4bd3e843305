/** Paths and texts of plain manifests, in folders of a hundred: what a repository of so many files looks like. */
export function manifestTree(files: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: files }, (_, at) => [manifestPath(at), manifest(at, 0)]))
}

export function manifestPath(at: number): string {
  return `apps/team-${Math.floor(at / 1000) % 7}/app-${Math.floor(at / 100)}/manifest-${at}.yaml`
}

/** The text of a manifest after so many changes. */
export function manifest(at: number, changes: number): string {
  return [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    `  name: app-${at}`,
    `  namespace: team-${at % 7}`,
    'data:',
    `  revision: "${changes}"`,
    `  words: ${'value '.repeat((at + changes) % 90)}`,
    '',
  ].join('\n')
}
