/** Why a request is not taken. A sentence for whoever reads GitHub's list of deliveries; nothing in it is the sender's. */
export type Refusal = keyof typeof refusals

export const refusals = {
  'not-found': { status: 404, message: 'There is nothing here.' },
  'wrong-method': { status: 405, message: 'This path does not take that method.' },
  'wrong-type': {
    status: 415,
    message: 'Only application/json is read: choose it as the content type of the webhook.',
  },
  'bad-headers': {
    status: 400,
    message: 'X-GitHub-Event, X-GitHub-Delivery and X-Hub-Signature-256 are each needed once.',
  },
  'too-large': { status: 413, message: 'The body is larger than 25 MB, the most that GitHub sends.' },
  'too-slow': { status: 408, message: 'The body did not arrive in time.' },
  busy: { status: 503, message: 'Too many bodies are held at the moment. Deliver it again in a minute.' },
  'wrong-signature': {
    status: 401,
    message: "The signature does not fit: WEBHOOK_SECRET is not the webhook secret in the App's settings.",
  },
  'no-json': { status: 400, message: 'The body is not JSON.' },
} as const satisfies Record<string, { status: number; message: string }>
