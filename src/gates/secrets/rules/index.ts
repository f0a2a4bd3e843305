import type { SecretRule } from '../rule.ts'
import { ageSecretKey } from './age-secret-key.ts'
import { anthropicKey } from './anthropic-key.ts'
import { awsAccessKey } from './aws-access-key.ts'
import { awsSecretAccessKey } from './aws-secret-access-key.ts'
import { azureClientSecret } from './azure-client-secret.ts'
import { azureStorageKey } from './azure-storage-key.ts'
import { basicAuthorization } from './basic-authorization.ts'
import { datadogKey } from './datadog-key.ts'
import { digitaloceanToken } from './digitalocean-token.ts'
import { dockerConfigAuth } from './docker-config-auth.ts'
import { gcpServiceAccount } from './gcp-service-account.ts'
import { genericAssignment } from './generic-assignment.ts'
import { githubAppToken } from './github-app-token.ts'
import { githubFineGrainedToken } from './github-fine-grained-token.ts'
import { githubPersonalAccessToken } from './github-personal-access-token.ts'
import { gitlabToken } from './gitlab-token.ts'
import { googleApiKey } from './google-api-key.ts'
import { grafanaToken } from './grafana-token.ts'
import { huggingFaceToken } from './hugging-face-token.ts'
import { jsonWebToken } from './json-web-token.ts'
import { kubernetesSecret } from './kubernetes-secret.ts'
import { npmToken } from './npm-token.ts'
import { openaiKey } from './openai-key.ts'
import { privateKey } from './private-key.ts'
import { pypiToken } from './pypi-token.ts'
import { sendgridKey } from './sendgrid-key.ts'
import { slackToken } from './slack-token.ts'
import { slackWebhook } from './slack-webhook.ts'
import { stripeSecretKey } from './stripe-secret-key.ts'
import { urlWithPassword } from './url-with-password.ts'
import { vaultToken } from './vault-token.ts'

/** Of two rules of the same severity that find the same characters, the one that stands first names them. */
export const rules: readonly SecretRule[] = [
  githubPersonalAccessToken,
  githubAppToken,
  githubFineGrainedToken,
  gitlabToken,
  awsSecretAccessKey,
  awsAccessKey,
  gcpServiceAccount,
  googleApiKey,
  azureStorageKey,
  azureClientSecret,
  slackToken,
  slackWebhook,
  stripeSecretKey,
  npmToken,
  pypiToken,
  vaultToken,
  datadogKey,
  grafanaToken,
  digitaloceanToken,
  sendgridKey,
  openaiKey,
  anthropicKey,
  ageSecretKey,
  huggingFaceToken,
  privateKey,
  jsonWebToken,
  dockerConfigAuth,
  basicAuthorization,
  urlWithPassword,
  kubernetesSecret,
  genericAssignment,
]
