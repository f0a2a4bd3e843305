import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { fakeTokens } from '../../testing/fake-token.ts'
import { policyWith } from '../../testing/policy.ts'
import { base64, hex } from './fake.ts'
import { secrets } from './secrets.ts'

const fake = fakeTokens('look-alikes')
const scanner = secrets.scan.prepare({ policy: policyWith(), fingerprintKey: null })
const uuid = () => [8, 4, 4, 4, 12].map((length) => fake.token('', length, hex)).join('-')
const secret = (entries: string) => `apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n${entries}\n`
const pem = (label: string) =>
  `-----BEGIN ${label}-----\n${fake.token('', 400, base64)}\n-----END ${label}-----\n`

/** What looks random and is no secret, by class. */
const silent: readonly (readonly [string, string])[] = [
  ['a checksum annotation', `checksum/secret: ${fake.token('', 64, hex)}`],
  ['an image digest', `image: ghcr.io/acme/token@sha256:${fake.token('', 64, hex)}`],
  ['an action pinned by commit', `uses: actions/create-github-app-token@${fake.token('', 40, hex)}`],
  ['a git commit', `targetRevision: ${fake.token('', 40, hex)}`],
  ['a UUID', `token: ${uuid()}\nclientSecretId: ${uuid()}`],
  ['an SSH public key', `deploy_key: ssh-ed25519 AAAA${fake.token('', 64, base64)} token@acme`],
  ['a public key', pem('PUBLIC KEY')],
  ['a certificate', pem('CERTIFICATE')],
  ['an OpenPGP public key', pem('PGP PUBLIC KEY BLOCK')],
  ['a module checksum', `github.com/acme/secret v1.2.3 h1:${fake.token('', 43, base64)}=`],
  ['an integrity', `"node_modules/token": { "integrity": "sha512-${fake.token('', 86, base64)}==" }`],
  [
    'a SealedSecret',
    `kind: SealedSecret\nspec:\n  encryptedData:\n    password: AgA${fake.token('', 300, base64)}`,
  ],
  ['a value of SOPS', `password: ENC[AES256_GCM,data:${fake.token('', 20, base64)},type:str]`],
  ['an Ansible vault', '$ANSIBLE_VAULT;1.1;AES256\n' + fake.token('', 80, hex)],
  ['a Helm template', 'password: {{ .Values.auth.password | b64enc }}'],
  ['a shell variable', 'password: ${DB_PASSWORD}\ntoken: $TOKEN\nbasePassword: $BASE_PASSWORD/x1Y2z3'],
  ['a workflow secret', 'token: ${{ secrets.GITHUB_TOKEN }}'],
  ['a reference of Argo CD', 'clientSecret: $oidc.okta.clientSecret\nwebhook.secret: $shop-9:webhookSecret1'],
  ['a Vault path', 'password: <path:kv/data/shop#password>'],
  ['a reference', 'token: ref+vault://kv/shop#/token\npassword: op://shop/db/password'],
  [
    'an ARN',
    `secret_arn = "arn:aws:secretsmanager:eu-west-1:123:secret:prod/db/password-${fake.token('', 6)}"`,
  ],
  ['a Key Vault address', `secret_uri: https://acme.vault.azure.net/secrets/db/${fake.token('', 32, hex)}`],
  [
    'placeholders',
    'password: changeme\ntoken: <your-token>\napiKey: xxxxxxxxxxxxxxxx\nsecret: REPLACE_ME_123',
  ],
  ['the name of a Secret', 'existingSecret: shop-db-credentials-v2\nsecretName: tls-shop-2024'],
  ['AWS documentation', `aws_access_key_id = ${fake.token('AKIA', 9)}EXAMPLE`.toUpperCase()],
  ['a Secret of certificates', secret(`data:\n  ca.crt: ${fake.base64(pem('CERTIFICATE'))}`)],
  ['a Secret with a certificate under any key', secret(`data:\n  root: ${fake.base64(pem('CERTIFICATE'))}`)],
  [
    'a Secret of templates',
    secret('stringData:\n  password: ${PASSWORD}\n  token: <path:kv/a#b>\n  a: "{{ b }}"'),
  ],
  [
    'a Secret encrypted by SOPS',
    secret('data:\n  password: ENC[AES256_GCM,data:Zm9v]\nsops: { version: 3.9.0 }'),
  ],
  ['a Secret of placeholders', secret(`data:\n  password: ${fake.base64('changeme')}\n  token: ""`)],
  [
    'a repository Secret without a password',
    secret('stringData:\n  type: git\n  url: https://github.com/a/b'),
  ],
  ['a binary', `logo.png: iVBORw0KGgo${fake.token('', 300, base64)}`],
]

describe('look-alikes', () => {
  for (const [name, text] of silent) {
    it(`says nothing of ${name}`, () =>
      assert.deepEqual(
        find(text).map(({ rule, startLine }) => `${rule} in line ${startLine}`),
        [],
      ))
  }
})

describe('a Secret', () => {
  const password = 'tiger7'

  for (const [name, text, lines] of [
    ['with its kind last', `data:\n  p: ${fake.base64(password)}\n${'# a\n'.repeat(99)}kind: Secret\n`, [2]],
    ['in one line', `{kind: Secret, stringData: {p: ${password}}}`, [1]],
    ['in JSON', `{\n"kind": "Secret",\n"stringData":\n{"p": "${password}"}}`, [4]],
    ['in a List', `kind: List\nitems:\n- kind: Secret\n  stringData: { p: ${password} }\n`, [4]],
    [
      'behind a document that is no YAML',
      `{{ if }}\na: [\n---\nkind: Secret\nstringData:\n  p: ${password}\n`,
      [6],
    ],
    ['in a chart’s values', `extraObjects:\n- kind: Secret\n  stringData: { p: ${password} }\n`, [3]],
  ] satisfies [string, string, number[]][]) {
    it(`is found ${name}`, () =>
      assert.deepEqual(
        find(text).map(({ startLine }) => startLine),
        lines,
      ))
  }
})

function find(text: string) {
  return scanner.scan({ path: 'a.yaml', bytes: Buffer.from(text) }).findings
}
