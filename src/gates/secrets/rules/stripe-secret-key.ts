import type { PatternRule } from '../rule.ts'

export const stripeSecretKey: PatternRule = {
  kind: 'pattern',
  id: 'secrets/stripe-secret-key',
  title: 'Stripe secret key',
  severity: 'critical',
  provider: 'Stripe',
  rationale: `
    A live key charges cards, pays out, and reads every customer of the account; a restricted one does what was ticked.
    A test key reaches only made-up data.`,
  remediation:
    'Roll the key under Developers, API keys, expire the old one at once, and read the request log for calls that you did not make.',
  references: ['https://docs.stripe.com/keys#rolling-keys', 'https://docs.stripe.com/keys-best-practices'],
  keywords: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'sk_prod_', 'rk_prod_', 'whsec_'],
  pattern: '[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,247}|whsec_[A-Za-z0-9+/]{32,64}={0,2}',
  judge: ({ value }) =>
    value.includes('_test_')
      ? { confidence: 'limited', note: 'it is a key of the test mode' }
      : { confidence: 'likely' },
  examples: {
    fail: (fake) => [`STRIPE_KEY=${fake.token('sk_live_', 24)}`, `key: ${fake.token('rk_test_', 99)}`],
    pass: (fake) => [
      `STRIPE_KEY=${fake.token('pk_live_', 24)}`,
      'STRIPE_KEY=sk_live_${KEY}',
      `sk_live_${'x'.repeat(24)}`,
    ],
  },
}
