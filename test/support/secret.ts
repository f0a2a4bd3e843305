import { base64url } from '../../src/gates/secrets/fake.ts'
import { fakeTokens } from '../../src/testing/fake-token.ts'

/** A manifest with a token that looks real and opens nothing. */
export function leakingManifest(seed: string): string {
  const token = fakeTokens(seed).token('glpat-', 20, base64url)
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: leak\ndata:\n  GITLAB_TOKEN: ${token}\n`
}
