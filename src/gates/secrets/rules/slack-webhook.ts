import { isExampleToken } from '../evidence/look-alike.ts'
import type { PatternRule } from '../rule.ts'

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

export const slackWebhook: PatternRule = {
  kind: 'pattern',
  id: 'secrets/slack-webhook',
  title: 'Slack incoming webhook',
  severity: 'high',
  provider: 'Slack',
  rationale: `
    The address is the permission: whoever has it writes into the channel as the app, which is how people are sent to a
    page that asks for their password.`,
  remediation:
    'Remove the webhook under Incoming Webhooks of the app, and keep the address of its successor in a secret store.',
  references: ['https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#keep-it-secret'],
  keywords: ['hooks.slack.com/'],
  pattern:
    'hooks\\.slack\\.com/(?<secret>(?:services/T[A-Za-z0-9_]{7,12}/B[A-Za-z0-9_]{7,12}/[A-Za-z0-9_]{20,48}|(?:workflows|triggers)/T?[A-Za-z0-9_]{7,12}/[A-Za-z0-9_]{7,20}/[A-Za-z0-9_/]{20,80}))',
  judge: ({ value }) => (isExampleToken(value) ? null : { confidence: 'likely' }),
  examples: {
    fail: (fake) => [
      `slack_api_url: https://hooks.slack.com/${fake.token('services/T', 9, upper)}/${fake.token('B', 9, upper)}/${fake.token('', 24)}`,
    ],
    pass: () => [
      `url: https://hooks.slack.com/services/T${'0'.repeat(8)}/B${'0'.repeat(8)}/${'X'.repeat(24)}`,
      'url: https://hooks.slack.com/services/<team>/<channel>/<key>',
    ],
  },
}
