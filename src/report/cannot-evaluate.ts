import type { CheckRun } from '../model/check-run.ts'
import { rescan } from './check-run.ts'
import { block, code, prose } from './escape/markdown.ts'
import { visible } from './escape/visible.ts'
import { shorten } from './shorten.ts'

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
      summary: `**Nothing is known to be wrong with this change: it has not been looked at.** Until it is, the check does not pass.\n\n${whatToDo}`,
      text: '',
      annotations: [],
    },
    actions: [rescan],
  }
}

interface Words {
  readonly title: string
  readonly whatToDo: string
}

function wordsOf(cause: Cause): Words {
  switch (cause.kind) {
    case 'refused':
      return refused(cause.message)
    case 'permission':
      return {
        title: 'the App lacks a permission (an owner acts)',
        whatToDo: `**Who acts:** an owner of the organisation. On the page of the App's installation, accept the permission ${code(cause.permission)}. Then press *Re-check now* or comment ${code('/rescan')}.`,
      }
    case 'fault':
      return {
        title: 'Portcullis failed (its operator acts)',
        whatToDo: `**Who acts:** whoever runs Portcullis here. The log says under job ${code(cause.job)} what happened. It was tried several times already; *Re-check now* or ${code('/rescan')} tries again.`,
      }
  }
}

/** The first sentence is the title where it fits, so that the answer is seen beside the merge button. */
function refused(message: string): Words {
  const first = visible(/^[^\n]*?\.(?=\s|$)/.exec(message)?.[0].slice(0, -1) ?? message)
  const isTitle = first.length <= 62
  return {
    title: isTitle ? first : 'a setting is wrong (its owner acts)',
    whatToDo: message.trim().includes('\n')
      ? block(shorten(message, 8_000))
      : `**What to do:** ${prose(shorten(message, 4_000))}`,
  }
}
