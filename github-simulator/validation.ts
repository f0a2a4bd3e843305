import { readFileSync } from 'node:fs'

import type { ValidateFunction } from 'ajv'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { z } from 'zod'

import type { Answer } from './answer.ts'
import { closed, componentsId, isRecord, jsonSchema } from './openapi-schema.ts'
import type { OperationName } from './operations.ts'
import { operations } from './operations.ts'

const Content = z.record(z.string(), z.object({ schema: z.unknown() }))
const Reference = z.object({ $ref: z.string() })
const Parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  schema: z.unknown(),
  'x-multi-segment': z.boolean().default(false),
})
export type Parameter = z.infer<typeof Parameter>
const Response = z.object({ content: Content.optional() })
const Operation = z.object({
  parameters: z.array(z.union([Reference, Parameter])).default([]),
  requestBody: z.object({ required: z.boolean().default(false), content: Content }).optional(),
  responses: z.record(z.string(), z.union([Reference, Response])),
})
const Document = z.object({
  info: z.object({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.record(z.string(), z.record(z.string(), z.unknown())),
})

/** A value of a path or a query, after it was read as what the description says it is. */
export type ParameterValue = string | number | boolean

/** GitHub's description of its API, and the judge of what is asked and answered. Validators are made when first needed. */
export class Description {
  readonly #document: z.infer<typeof Document>
  readonly #ajv: Ajv
  readonly #validators = new Map<string, ValidateFunction>()

  constructor() {
    const text = readFileSync(new URL('openapi.json', import.meta.url), 'utf8')
    this.#document = Document.parse(JSON.parse(text))
    this.#ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true })
    formats.default(this.#ajv)
    // Commits of real histories have addresses that are none, and GitHub answers with them all the same.
    this.#ajv.addFormat('email', true).addFormat('repo.nwo', true)
    this.#ajv.addSchema({ $id: componentsId, components: jsonSchema(this.#document.components) })
  }

  parameters(name: OperationName): readonly Parameter[] {
    return this.#operation(name).parameters.map((one) => Parameter.parse(this.#resolved(one)))
  }

  /** Reads path and query as the description types them. `problems` says what does not fit. */
  readParameters(name: OperationName, path: ReadonlyMap<string, string>, query: URLSearchParams) {
    const values = new Map<string, ParameterValue>()
    const problems: string[] = []
    const known = this.parameters(name)
    for (const parameter of known) {
      const text = parameter.in === 'path' ? path.get(parameter.name) : query.get(parameter.name)
      if (text === undefined || text === null) {
        if (parameter.required) problems.push(`${parameter.name} is missing`)
        continue
      }
      const value = typed(text, parameter.schema)
      const problem = this.#problem(`${name} ?${parameter.name}`, value, () => jsonSchema(parameter.schema))
      if (problem === null) values.set(parameter.name, value)
      else problems.push(`${parameter.name}: ${problem}`)
    }
    for (const key of query.keys())
      if (!known.some((one) => one.in === 'query' && one.name === key))
        problems.push(`unknown parameter ${key}`)
    return { values, problems }
  }

  /** What is wrong with the body of a request; null for nothing. `undefined` stands for no body. */
  bodyProblem(name: OperationName, body: unknown): string | null {
    const { requestBody } = this.#operation(name)
    if (requestBody === undefined) return body === undefined || isEmpty(body) ? null : 'no body is expected'
    if (body === undefined) return requestBody.required ? 'the body is missing' : null
    const schema = requestBody.content['application/json']?.schema
    return this.#problem(`${name} body`, body, () => closed(jsonSchema(schema)))
  }

  /** What is wrong with an answer; null for nothing. */
  answerProblem(name: OperationName, answer: Answer): string | null {
    const { status, body, mediaType } = answer
    const response = this.#operation(name).responses[String(status)]
    if (response === undefined && status < 300) return `the status ${status} is not in the description`
    // GitHub refuses with more statuses than its description lists; the shape of a refusal is always the same.
    const refusal = {
      content: { 'application/json': { schema: { $ref: '#/components/schemas/basic-error' } } },
    }
    const { content } = Response.parse(response === undefined ? refusal : this.#resolved(response))
    if (content === undefined) return body === null ? null : 'no body is expected'
    if (mediaType?.includes('.raw') === true) return null
    const type = mediaType !== undefined && content[mediaType] !== undefined ? mediaType : 'application/json'
    const schema = content[type]?.schema
    return this.#problem(`${name} ${status} ${type}`, body, () => jsonSchema(schema))
  }

  #operation(name: OperationName) {
    const [method = '', path = ''] = name.split(' ')
    const operation = this.#document.paths[path]?.[method.toLowerCase()]
    if (operation === undefined) throw new Error(`${name} is not in openapi.json: run tools/cut-openapi.ts`)
    return operation
  }

  #resolved(one: unknown): unknown {
    const reference = Reference.safeParse(one)
    if (!reference.success) return one
    const [, , section = '', key = ''] = reference.data.$ref.split('/')
    return this.#document.components[section]?.[key]
  }

  #problem(key: string, value: unknown, schema: () => unknown): string | null {
    let validate = this.#validators.get(key)
    if (validate === undefined) {
      const made = schema()
      validate = this.#ajv.compile(isRecord(made) ? made : {})
      this.#validators.set(key, validate)
    }
    if (validate(value)) return null
    return this.#ajv.errorsText(validate.errors?.slice(0, 5), { dataVar: 'body' })
  }
}

let description: Description | undefined

/** The one description: reading it takes a while, and it never changes. */
export function githubDescription(): Description {
  description ??= new Description()
  return description
}

/** All names of operations, typed. */
export function operationNames(): OperationName[] {
  return Object.keys(operations).filter((name): name is OperationName => name in operations)
}

function typed(text: string, schema: unknown): ParameterValue {
  const type = isRecord(schema) ? schema['type'] : undefined
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

function isEmpty(body: unknown): boolean {
  return isRecord(body) && Object.keys(body).length === 0
}
