import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Compares a text that a person reads with the file that was reviewed: `matchesSnapshot(new URL('./snapshots/x.txt',
 * import.meta.url), text)`. With `UPDATE_SNAPSHOTS=1` it writes the file instead; the diff is then reviewed like code.
 */
export function matchesSnapshot(file: URL, text: string): void {
  const path = fileURLToPath(file)
  if (process.env['UPDATE_SNAPSHOTS'] === '1') {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return
  }
  assert.equal(text, readFileSync(path, 'utf8'), `${path} differs; UPDATE_SNAPSHOTS=1 writes it anew`)
}
