import type { PatternRule } from '../rule.ts'

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

export const huggingFaceToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/hugging-face-token',
  title: 'Hugging Face token',
  severity: 'high',
  provider: 'Hugging Face',
  rationale: `
    It reads private models and data sets of its owner and organisations; one that writes replaces a model that
    clusters load.`,
  remediation:
    'Invalidate the token under Settings, Access Tokens, and put a fine-grained successor into a secret store.',
  references: ['https://huggingface.co/docs/hub/security-tokens#how-to-manage-user-access-tokens'],
  keywords: ['hf_', 'api_org_'],
  pattern: '(?:hf_|api_org_)[A-Za-z]{34}',
  examples: {
    fail: (fake) => [`HF_TOKEN=${fake.token('hf_', 34, letters)}`],
    pass: (fake) => [fake.token('hf_', 12, letters), `HF_TOKEN=hf_${'x'.repeat(34)}`],
  },
}
