import { base64url } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

export const sendgridKey: PatternRule = {
  kind: 'pattern',
  id: 'secrets/sendgrid-key',
  title: 'SendGrid API key',
  severity: 'high',
  provider: 'SendGrid',
  rationale: `
    It sends mail as your domain, signed and with your good name, to anybody: password resets that nobody asked for,
    invoices with another account number.`,
  remediation:
    'Delete the key under Settings, API Keys, read the activity feed, and give its successor only the Mail Send permission.',
  references: ['https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys#delete-an-api-key'],
  keywords: ['sg.'],
  pattern: 'SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}',
  judge: ({ value }) =>
    value.length === 69
      ? { confidence: 'likely' }
      : { confidence: 'unlikely', note: 'its length is not that of a key' },
  examples: {
    fail: (fake) => [`${fake.token('SENDGRID_API_KEY=SG.', 22, base64url)}.${fake.token('', 43, base64url)}`],
    pass: () => ['SENDGRID_API_KEY=SG.${KEY}', 'fmt.Println(SG.Client.Send)'],
  },
}
