import type { PatternRule } from '../rule.ts'

/** `OpenAI` in base64: it stands in every key. */
const middle = 'T3BlbkFJ'

export const openaiKey: PatternRule = {
  kind: 'pattern',
  id: 'secrets/openai-key',
  title: 'OpenAI API key',
  severity: 'high',
  provider: 'OpenAI',
  rationale: `
    It calls the models on your bill, and reads the files, assistants and fine-tunes of its project. Such keys are
    collected and resold.`,
  remediation:
    'Delete the key under API keys of the project, set a budget, and put its successor into a secret store.',
  references: ['https://help.openai.com/en/articles/5112595-best-practices-for-api-key-safety'],
  keywords: ['sk-'],
  pattern: 'sk-[A-Za-z0-9_-]{20,200}T3BlbkFJ[A-Za-z0-9_-]{20,200}',
  examples: {
    fail: (fake) => [
      `${fake.token('OPENAI_API_KEY=sk-proj-', 74)}${fake.token(middle, 74)}`,
      `key: ${fake.token('sk-', 20)}${fake.token(middle, 20)}`,
    ],
    pass: (fake) => [fake.token('disk-', 40), 'OPENAI_API_KEY=sk-...', `sk-${'x'.repeat(48)}`],
  },
}
