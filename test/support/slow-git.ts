import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after } from 'node:test'

/** A git for the App that can be made to take longer than people like to wait before it compares trees. */
export function slowGit(): { readonly path: string; beSlow(): void; beQuick(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-slow-git-'))
  const flag = join(folder, 'slow')
  const own = process.env['PATH'] ?? ''
  const script = `#!/bin/sh
case " $* " in *" diff-tree "*) while [ -e '${flag}' ]; do sleep 0.2; done ;; esac
PATH='${own}'
exec git "$@"
`
  const file = join(folder, 'git')
  writeFileSync(file, script)
  chmodSync(file, 0o755)
  after(() => rmSync(folder, { recursive: true, force: true }))
  return {
    path: `${folder}${delimiter}${own}`,
    beSlow: () => writeFileSync(flag, ''),
    beQuick: () => rmSync(flag, { force: true }),
  }
}
