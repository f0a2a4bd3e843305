import { unprocessable } from './answer.ts'
import type { CheckOutput } from './endpoints/check-body.ts'

/** Bytes, although GitHub's description says characters: a text of 65,535 characters with an umlaut is refused. */
const mostTextBytes = 65_535
const mostMessageBytes = 64 * 1024
const mostTitleCharacters = 255

/** Throws the refusal 422 for what the description allows and GitHub does not take. */
export function refuseTooMuch(output: CheckOutput): void {
  for (const field of ['summary', 'text'] as const)
    if (Buffer.byteLength(output[field] ?? '') > mostTextBytes)
      throw tooLong(`output.${field}`, `${mostTextBytes} bytes`)
  if ((output.title ?? '').length > mostTitleCharacters)
    throw tooLong('output.title', `${mostTitleCharacters} characters`)
  for (const annotation of output.annotations) {
    refusePlace(annotation)
    refuseAnnotationTexts(annotation)
  }
}

type Annotation = CheckOutput['annotations'][number]

function refusePlace(annotation: Annotation): void {
  const { start_line: first, end_line: last, start_column: from, end_column: to } = annotation
  if (first < 1 || last < first) throw invalid('start_line', 'is not a line at or before end_line')
  if (first !== last && (from !== undefined || to !== undefined))
    throw invalid('start_column', 'is only allowed where start_line and end_line are the same')
}

function refuseAnnotationTexts({ title = '', message, raw_details: details = '' }: Annotation): void {
  if (title.length > mostTitleCharacters) throw tooLong('title', `${mostTitleCharacters} characters`)
  for (const text of [message, details])
    if (Buffer.byteLength(text) > mostMessageBytes) throw tooLong('message', '64 KB')
}

function tooLong(field: string, limit: string) {
  return unprocessable(`Invalid request.\n\n${field} exceeds a maximum of ${limit}.`, field)
}

function invalid(field: string, reason: string) {
  return unprocessable(`Invalid request.\n\nannotations: ${field} ${reason}.`, field)
}
