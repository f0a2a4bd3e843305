import type { LineRange } from '../ports/git.ts'
import { fullId, type Objects } from './objects.ts'

/** The commits that refs stand at, tags peeled. A tag of a blob or a tree stands at none. */
export async function tips({ git, gitDir }: Objects): Promise<string[]> {
  const format =
    '--format=%(objecttype) %(objectname)%(if)%(*objectname)%(then) %(*objecttype) %(*objectname)%(end)'
  const printed = await git.line({ gitDir, args: ['for-each-ref', format] })
  const commits = printed.split('\n').map((line) => /(?:^| )commit ([0-9a-f]{40})$/.exec(line)?.[1])
  return [...new Set(commits.filter((oid) => oid !== undefined))].map(fullId)
}

/** Commits of the first-parent history that changed a path, newest first. */
export async function commitsOf(
  { git, gitDir }: Objects,
  head: string,
  { path, limit }: { readonly path: string; readonly limit: number },
): Promise<string[]> {
  const args = ['rev-list', '--first-parent', `--max-count=${limit}`, fullId(head), '--', literal(path)]
  const { stdout } = await git.run({ gitDir, args })
  return stdout.toString('latin1').split('\n').filter(Boolean).map(fullId)
}

const diffLines = [
  'diff-tree',
  '-r',
  '-p',
  '-U0',
  '--no-color',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
]

/** Which lines of `head` differ from `base`. One command a path: the headers of a patch of several quote their names. */
export async function changedLines(
  { git, gitDir }: Objects,
  { base, head }: { readonly base: string; readonly head: string },
  paths: readonly string[],
): Promise<Map<string, LineRange[]>> {
  const commits = [fullId(base), fullId(head)]
  const found = await Promise.all(
    paths.map(async (path) => {
      const { stdout } = await git.run({ gitDir, args: [...diffLines, ...commits, '--', literal(path)] })
      return [path, rangesIn(stdout.toString('latin1'))] as const
    }),
  )
  return new Map(found)
}

/** `@@ -3,2 +3,4 @@`: 4 lines of the new side from its line 3 on; no number means 1, and 0 that lines were only removed. */
function rangesIn(patch: string): LineRange[] {
  const ranges: LineRange[] = []
  for (const [, start = '', count = '1'] of patch.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)) {
    const first = Number(start)
    if (count !== '0') ranges.push({ first, last: first + Number(count) - 1 })
  }
  return ranges
}

/** A path is a path here, whatever stars and brackets are in it. */
function literal(path: string): string {
  return `:(top,literal)${path}`
}
