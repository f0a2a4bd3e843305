import type { CheckRun } from '../model/check-run.ts'
import { rescan } from './check-run.ts'
import { code, prose } from './escape/markdown.ts'

/** What stopped an evaluation before there could be a verdict. */
export type Cause =
  /** Something that its owner can repair, in a sentence that says how. */
  | { readonly kind: 'refused'; readonly message: string }
  /** As in app.yml: `members: read`. */
  | { readonly kind: 'permission'; readonly permission: string }
  /** A fault of ours, or an outage that lasted; the log has the job. */
  | { readonly kind: 'fault'; readonly job: string }

interface Input {
  readonly name: string
  readonly head: string
  readonly evaluation: number
  readonly cause: Cause
}

/** The check run of a change that was not evaluated: it fails, and says that the change is not at fault. */
export function cannotEvaluate({ name, head, evaluation, cause }: Input): CheckRun {
  const { title, whatToDo } = wordsOf(cause)
  return {
    name,
    headSha: head,
    externalId: String(evaluation),
    state: { status: 'completed', conclusion: 'failure' },
    output: {
      title: `Cannot evaluate: ${title}`,
      summary: `**Nothing is known to be wrong with this change: it has not been evaluated.**\n\n${whatToDo}`,
      text: '',
      annotations: [],
    },
    actions: [rescan],
  }
}

function wordsOf(cause: Cause): { readonly title: string; readonly whatToDo: string } {
  switch (cause.kind) {
    case 'refused':
      return { title: 'a setting is wrong (its owner acts)', whatToDo: prose(cause.message) }
    case 'permission':
      return {
        title: 'the App lacks a permission (an owner acts)',
        whatToDo: `An owner of the organisation must accept the permission ${code(cause.permission)} on the App's installation page. Then comment ${code('/rescan')}.`,
      }
    case 'fault':
      return {
        title: 'Portcullis failed (its operator acts)',
        whatToDo: `The operator finds the reason in the log under job ${code(cause.job)}. ${code('/rescan')} tries again.`,
      }
  }
}
