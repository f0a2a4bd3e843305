import { looksRandom } from '../evidence/randomness.ts'
import { base64 } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

const emulatorKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1'

export const azureStorageKey: PatternRule = {
  kind: 'pattern',
  id: 'secrets/azure-storage-key',
  title: 'Azure account key in a connection string',
  severity: 'critical',
  provider: 'Azure',
  rationale: `
    An account key reads, writes and deletes everything in the storage, Cosmos DB, Service Bus or Event Hubs account,
    and makes shared access signatures of its own.`,
  remediation:
    'Rotate the key in the portal under Access keys (both of them, one after the other), and let the workload log in with a managed identity.',
  references: [
    'https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage#manually-rotate-access-keys',
    'https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string',
  ],
  keywords: ['accountkey', 'sharedaccesskey', 'account_key', 'storage_key', 'storagekey'],
  pattern:
    '(?i:Account_?Key|SharedAccessKey|Storage_?Key)["\']?\\s{0,4}[:=]\\s{0,4}["\']?(?<secret>[A-Za-z0-9+/]{42,100}={0,2})',
  judge: ({ value }) => (looksRandom(value) && !isEmulatorKey(value) ? { confidence: 'likely' } : null),
  examples: {
    fail: (fake) => [
      `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${fake.token('', 86, base64)}==;EndpointSuffix=core.windows.net`,
    ],
    pass: () => [
      'AccountName=shop;AccountKey=${STORAGE_KEY};',
      `AccountKey=${emulatorKey}OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==`,
    ],
  },
}

/** The key of the storage emulator is the same everywhere. https://learn.microsoft.com/azure/storage/common/storage-use-azurite */
function isEmulatorKey(value: string): boolean {
  return value.startsWith(emulatorKey) || value.startsWith('C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEH')
}
