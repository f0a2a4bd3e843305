import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { crc32Base62 } from '../src/gates/secrets/evidence/checksum.ts'
import { secrets } from '../src/gates/secrets/secrets.ts'
import { fakeTokens } from '../src/testing/fake-token.ts'
import { policyWith } from '../src/testing/policy.ts'
import type { Figures } from './figures.ts'
import { quantile } from './figures.ts'
import { manifest, manifestPath } from './manifest-tree.ts'

const files = 20_000
const planted = 50
const rounds = 3
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

/** CPU seconds, user and system, for a tree of manifests: our command, cold, our scanner alone, and gitleaks if there is one. */
export async function scan(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-'))
  try {
    const texts = plantedTree()
    let bytes = 0
    for (const [path, text] of texts) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
      bytes += text.length
    }
    const MB = bytes / 1e6
    const alone = inProcess(texts)
    const notes = [
      `${texts.length} files, ${MB.toFixed(1)} MB, ${planted} planted tokens`,
      speed('the scanner alone, warm', MB, alone.seconds, `${alone.found} findings`),
    ]
    const own = existsSync(cli)
      ? await cpuOf([process.execPath, cli, 'scan', '-f', 'json', '--no-fail', folder])
      : null
    notes.push(
      own === null
        ? 'portcullis scan is not measured: npm run build'
        : speed('portcullis scan, a whole process', MB, own),
    )
    const gitleaks = findOnPath('gitleaks')
    if (gitleaks === null) return { times: [], notes: [...notes, 'gitleaks is not on PATH: no ratio'] }
    const args = ['dir', folder, '--no-banner', '--exit-code', '0', '--log-level', 'error']
    const peer = await cpuOf([gitleaks, ...args])
    notes.push(speed('gitleaks dir, a whole process', MB, peer))
    notes.push(`gitleaks takes ${(peer / alone.seconds).toFixed(1)} times the CPU of the scanner alone`)
    if (own !== null) notes.push(`and ${(peer / own).toFixed(1)} times that of portcullis scan`)
    return { times: [], notes }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function plantedTree(): [string, string][] {
  const every = files / planted
  const fake = fakeTokens('scan')
  return Array.from({ length: files }, (_, at) => {
    const token = at % every === 0 ? `  password: ${fake.sealed('ghp_', 30, crc32Base62)}\n` : ''
    return [manifestPath(at), manifest(at, at) + token + body(at)]
  })
}

/** What a deployment looks like; so that a file has the size that manifests have. */
function body(at: number): string {
  const container = (index: number) =>
    [
      `        - name: worker-${index}`,
      `          image: registry.example.com/team-${at % 7}/worker:${at}.${index}`,
      '          env:',
      `            - { name: TOKEN_FILE, value: /run/secrets/token-${at} }`,
      `            - { name: PASSWORD, valueFrom: { secretKeyRef: { name: app-${at}, key: password } } }`,
      '          resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 256Mi } }',
      '',
    ].join('\n')
  const containers = Array.from({ length: 1 + (at % 6) }, (_, index) => container(index)).join('')
  return `---\napiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n${containers}`
}

function inProcess(texts: readonly (readonly [string, string])[]): { seconds: number; found: number } {
  const scanner = secrets.scan.prepare({ policy: policyWith(), fingerprintKey: null })
  const blobs = texts.map(([path, text]) => ({ path, bytes: Buffer.from(text) }))
  const times: number[] = []
  let found = 0
  for (let round = 0; round <= rounds; round += 1) {
    const before = process.cpuUsage()
    found = 0
    for (const blob of blobs) found += scanner.scan(blob).findings.length
    const { user, system } = process.cpuUsage(before)
    if (round > 0) times.push((user + system) / 1e6)
  }
  return { seconds: quantile(times, 0.5), found }
}

/** The shell's `times` tells what its child took; Node tells nothing of a child. */
async function cpuOf(command: readonly string[]): Promise<number> {
  const taken: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const child = spawn('sh', ['-c', '"$@" > /dev/null 2>&1; echo $?; times', 'sh', ...command], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    await new Promise((resolve) => child.once('close', resolve))
    const [code, , children = ''] = printed.split('\n')
    if (code !== '0') throw new Error(`${command.slice(0, 3).join(' ')} ended with ${code}`)
    const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
    )
    taken.push((seconds[0] ?? Number.NaN) + (seconds[1] ?? Number.NaN))
  }
  return quantile(taken, 0.5)
}

function findOnPath(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}

function speed(what: string, MB: number, seconds: number, more = ''): string {
  const text = `${what}: ${(MB / seconds).toFixed(1)} MB per CPU second (${seconds.toFixed(2)} s)`
  return more === '' ? text : `${text}, ${more}`
}
