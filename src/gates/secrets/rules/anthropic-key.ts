import { base64url } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

export const anthropicKey: PatternRule = {
  kind: 'pattern',
  id: 'secrets/anthropic-key',
  title: 'Anthropic API key',
  severity: 'high',
  provider: 'Anthropic',
  rationale: `
    It calls the models on your bill; an admin key makes further keys and changes who belongs to the organisation.`,
  remediation:
    'Delete the key in the console under API keys, set a spending limit, and put its successor into a secret store.',
  references: [
    'https://support.claude.com/en/articles/9767949-api-key-best-practices-keeping-your-keys-safe-and-secure',
  ],
  keywords: ['sk-ant-'],
  pattern: 'sk-ant-(?:api|admin|oat|ort|sid)[0-9]{2,3}-[A-Za-z0-9_-]{40,140}',
  examples: {
    fail: (fake) => [`ANTHROPIC_API_KEY=${fake.token('sk-ant-api03-', 93, base64url)}AA`],
    pass: (fake) => ['ANTHROPIC_API_KEY=sk-ant-api03-...', fake.token('sk-ant-', 10)],
  },
}
