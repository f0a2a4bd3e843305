import type { Change, ChangedFile } from '../model/change.ts'
import type { Subject } from './scanned-subject.ts'
import { workTree } from './work-tree.ts'
import type { WorkTree } from './work-tree.ts'

/** Files as they lie. Throws `UserError` for a path that is not there. */
export function subjectOfTree(cwd: string, paths: readonly string[]): Subject {
  const tree = workTree(cwd, paths)
  return {
    kind: 'tree',
    range: { base: null, head: null },
    root: tree.root,
    gates: ['secrets', 'iac'],
    repository: { ...tree.source, file: () => Promise.resolve(null) },
    change: () => Promise.resolve(changeOf(tree)),
    skips: tree.skips,
  }
}

function changeOf({ files }: WorkTree): Change {
  const added = files.map(({ oid, path, kind }): ChangedFile => {
    return { path, status: 'added', base: null, head: { oid, kind } }
  })
  return {
    base: null,
    mergeBase: null,
    head: '',
    trees: { base: null, head: '' },
    commits: [],
    files: added,
    blobs: files,
    reviewed: [],
  }
}
