/** What an operation answers, before validation, pagination headers and the ETag. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Set for a body that is not JSON, which is sent as it is. */
  readonly mediaType?: string
}

/** An answer that ends an operation early: what GitHub refuses. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly answer: Answer

  constructor(status: number, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    const documentation = 'https://docs.github.com/rest'
    this.answer = {
      status,
      body: { message, documentation_url: documentation, status: String(status), ...details },
    }
  }
}

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const created = (body: unknown): Answer => ({ status: 201, body })
export const notFound = (): Refusal => new Refusal(404, 'Not Found')

/** 422, as GitHub words it. */
export function unprocessable(message: string, field: string): Refusal {
  return new Refusal(422, message, { errors: [{ resource: 'Request', code: 'invalid', field, message }] })
}
