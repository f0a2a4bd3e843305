import type { Annotation, CheckRun } from '../model/check-run.ts'

/** What creating and updating have in common; an update that names a `head_sha` is refused. https://docs.github.com/en/rest/checks/runs */
export interface CheckRunBody {
  readonly name: string
  readonly external_id: string
  readonly status: 'in_progress' | 'completed'
  readonly conclusion?: string
  readonly output: {
    readonly title: string
    readonly summary: string
    readonly text?: string
    readonly annotations: readonly object[]
  }
  readonly actions?: readonly object[]
}

/** GitHub's limits: bytes for texts, else characters and numbers. */
const limits = {
  textBytes: 65_535,
  messageBytes: 64 * 1024,
  titleCharacters: 255,
  annotations: 50,
  actions: 3,
  action: { label: 20, description: 40, identifier: 20 },
} as const

/**
 * What is sent, one request after the other: each adds up to 50 annotations, and only the last completes the run, so that
 * nobody sees a verdict with half of its findings. Throws RangeError for what GitHub would refuse or cut off.
 */
export function checkRunBodies(run: CheckRun): readonly [CheckRunBody, ...CheckRunBody[]] {
  refuseTooMuch(run)
  const { annotations } = run.output
  const batches: Annotation[][] = []
  for (let at = 0; at < annotations.length; at += limits.annotations)
    batches.push(annotations.slice(at, at + limits.annotations))
  const last = bodyOf(run, batches.at(-1) ?? [])
  const [first, ...others] = batches
    .slice(0, -1)
    .map((batch) => bodyOf({ ...run, state: { status: 'in_progress' } }, batch))
  return first === undefined ? [last] : [first, ...others, last]
}

function bodyOf({ name, externalId, state, output, actions }: CheckRun, batch: Annotation[]): CheckRunBody {
  const { title, summary, text } = output
  return {
    name,
    external_id: externalId,
    // Buttons are shown on a completed run only.
    ...(state.status === 'completed' ? { ...state, actions } : state),
    output: { title, summary, ...(text === '' ? {} : { text }), annotations: batch.map(annotationOf) },
  }
}

function annotationOf({ path, startLine, endLine, columns, level, title, message }: Annotation): object {
  // GitHub refuses columns of an annotation that spans lines.
  const place =
    columns === null || startLine !== endLine ? {} : { start_column: columns.start, end_column: columns.end }
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    ...place,
    annotation_level: level,
    ...(title === '' ? {} : { title }),
    message,
  }
}

/** report/ keeps to the limits. What comes through all the same is a bug, and better found here than at GitHub. */
function refuseTooMuch({ output, actions }: CheckRun): void {
  for (const part of ['summary', 'text'] as const)
    atMost(part, Buffer.byteLength(output[part]), limits.textBytes)
  for (const { title, message } of output.annotations) {
    atMost('title of an annotation', title.length, limits.titleCharacters)
    atMost('message of an annotation', Buffer.byteLength(message), limits.messageBytes)
  }
  atMost('actions', actions.length, limits.actions)
  for (const action of actions) {
    for (const part of ['label', 'description', 'identifier'] as const)
      atMost(`${part} of an action`, action[part].length, limits.action[part])
  }
}

function atMost(what: string, is: number, most: number): void {
  if (is > most) throw new RangeError(`A check run's ${what} may have ${most}, and has ${is}.`)
}
