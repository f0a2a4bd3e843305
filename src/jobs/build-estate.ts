import { deltaOf, isManifestPath, plainEstate } from '../estate/plain-estate.ts'
import type { EstateFile } from '../estate/plain-estate.ts'
import type { ChangedFile, Entry } from '../model/change.ts'
import type { GateInput } from '../model/gate.ts'
import type { Policy } from '../model/policy.ts'
import type { Repository } from '../ports/git.ts'

/** Reads the manifests that a change touches, on both sides. */
export async function buildEstate(
  repository: Pick<Repository, 'blobs'>,
  files: readonly ChangedFile[],
  policy: Policy,
): Promise<GateInput['estate']> {
  const manifests = files.filter(({ path }) => isManifestPath(path))
  const texts = await readTexts(
    repository,
    manifests.flatMap(({ base, head }) => [base, head]),
  )
  const unbuiltBlocks = policy.gates.iac.unrendered === 'block'
  const estateOf = (side: 'base' | 'head') =>
    plainEstate(
      manifests.flatMap((file) => fileOn(file, side, texts)),
      unbuiltBlocks,
      { nodes: policy.limits.yaml_nodes, depth: policy.limits.yaml_depth },
    )
  const [base, head] = [estateOf('base'), estateOf('head')]
  return { base, head, delta: deltaOf(base, head) }
}

function fileOn(file: ChangedFile, side: 'base' | 'head', texts: ReadonlyMap<string, string>): EstateFile[] {
  const text = texts.get(file[side]?.oid ?? '')
  return text === undefined ? [] : [{ path: file.path, text }]
}

/** The text of each file by object id; a symlink is not followed, and a submodule has none. */
async function readTexts(
  repository: Pick<Repository, 'blobs'>,
  entries: readonly (Entry | null)[],
): Promise<Map<string, string>> {
  const oids = new Set<string>()
  for (const entry of entries) {
    if (entry?.kind === 'file' || entry?.kind === 'executable') oids.add(entry.oid)
  }
  const texts = new Map<string, string>()
  for await (const { oid, bytes } of repository.blobs([...oids]))
    texts.set(oid, Buffer.from(bytes).toString())
  return texts
}
