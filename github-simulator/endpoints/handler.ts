import type { Answer } from '../answer.ts'
import type { Call } from '../call.ts'
import type { OperationName } from '../operations.ts'
import type { Listing } from '../pagination.ts'

/** Answers one call; a list is cut into pages by whoever called it. */
export type Handler = (call: Call) => Answer | Listing | Promise<Answer | Listing>

/** The operations of one group. */
export type Endpoints = Partial<Readonly<Record<OperationName, Handler>>>
