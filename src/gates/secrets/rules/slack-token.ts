import { digits } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

export const slackToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/slack-token',
  title: 'Slack token',
  severity: 'critical',
  provider: 'Slack',
  rationale: `
    A bot or user token reads and writes the channels that it was let into, which is where people paste other secrets;
    an app token opens the event stream of the app.`,
  remediation:
    'Revoke the token with auth.revoke or under OAuth and Permissions of the app, and read the access log of the workspace.',
  references: [
    'https://docs.slack.dev/reference/methods/auth.revoke',
    'https://docs.slack.dev/authentication/tokens',
  ],
  keywords: [
    'xoxb-',
    'xoxp-',
    'xoxa-',
    'xoxr-',
    'xoxs-',
    'xoxo-',
    'xoxc-',
    'xoxd-',
    'xoxe-',
    'xoxe.',
    'xapp-',
  ],
  pattern:
    'xox[abprosc]-(?:[0-9]{1,14}-){1,4}[A-Za-z0-9]{10,64}|xox[ar]-[0-9]-[A-Za-z0-9-]{10,200}|xox[bpos]-[A-Za-z0-9]{14,48}|xoxd-[A-Za-z0-9%+/=]{40,300}|xoxe(?:\\.xox[bp])?-[0-9]-[A-Za-z0-9-]{100,220}|xapp-[0-9]-[A-Z0-9]{5,20}-[0-9]{5,20}-[A-Za-z0-9]{20,100}',
  examples: {
    fail: (fake) => [
      `SLACK_BOT_TOKEN: ${fake.token('xoxb-', 12, digits)}-${fake.token('', 12, digits)}-${fake.token('', 24)}`,
      `${fake.token('xapp-1-A', 10, 'ABCDEFGHIJ0123')}-${fake.token('', 13, digits)}-${fake.token('', 64, '0123456789abcdef')}`,
    ],
    pass: () => ['SLACK_BOT_TOKEN: xoxb-your-token', 'token: xoxb-${SLACK_TOKEN}', `xoxb-${'x'.repeat(40)}`],
  },
}
