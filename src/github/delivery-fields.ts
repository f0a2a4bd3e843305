import { z } from 'zod'

/** GitHub's word for what happened. Not an enum: GitHub adds actions without asking. */
export const Action = z.string().regex(/^[a-z_-]{1,64}$/)

export const Installation = z.object({ id: z.int().positive() })

/** Only what can stand in a URL and in a path: a name becomes part of both. */
const FullName = z.string().regex(/^(?!\.{1,2}\/)[\w.-]{1,100}\/(?!\.{1,2}$)[\w.-]{1,100}$/)

export const Repository = z.object({ full_name: FullName })

export const Oid = z.string().regex(/^[0-9a-f]{40}$/)
