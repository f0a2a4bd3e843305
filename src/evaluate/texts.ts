import type { Change, Text } from '../model/change.ts'
import type { Facts } from '../model/facts.ts'

/** What a change says outside its blobs: commit messages, new paths, and of a pull request branch, title and body. */
export function textsOf(change: Change, facts: Facts | null): Text[] {
  const messages = change.commits.map(({ oid, message }) => text('commit-message', message, oid))
  const seen = new Set<string>()
  const paths: Text[] = []
  for (const { path, commit } of change.blobs) {
    if (seen.has(path)) continue
    seen.add(path)
    paths.push(text('path', path, commit))
  }
  return [...messages, ...paths, ...pullRequestTexts(facts)]
}

function pullRequestTexts(facts: Facts | null): Text[] {
  const pullRequest = facts?.pullRequest ?? null
  if (pullRequest === null) return []
  return [
    text('ref', pullRequest.headBranch, null),
    text('title', pullRequest.title, null),
    text('body', pullRequest.body, null),
  ]
}

function text(kind: Text['kind'], content: string, commit: string | null): Text {
  return { kind, text: content, side: 'head', commit }
}
