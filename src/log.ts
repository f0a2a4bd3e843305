import { pino } from 'pino'
import type { DestinationStream } from 'pino'
import { z } from 'zod'

import { CommitGone, FetchFailed, LimitReached } from './ports/git.ts'
import {
  AnswerTooLarge,
  CredentialsRefused,
  GitHubUnavailable,
  Gone,
  PermissionMissing,
} from './ports/github-errors.ts'
import type { Log } from './ports/log.ts'
import { UserError } from './std/user-error.ts'

interface LogSettings {
  readonly logLevel: string
  readonly logFormat: 'json' | 'pretty'
}

/** The log: JSON lines, or lines for a person at a terminal. */
export function openLog({ logLevel, logFormat }: LogSettings): Log {
  const serializers = { err: errorFields, error: errorFields }
  return logFormat === 'json'
    ? pino({ level: logLevel, serializers })
    : pino({ level: logLevel, serializers }, lines)
}

/** Whose messages are our own sentences. What another library says of an error may quote what it was given. */
const ours = [
  AnswerTooLarge,
  CommitGone,
  CredentialsRefused,
  FetchFailed,
  GitHubUnavailable,
  Gone,
  LimitReached,
  PermissionMissing,
  UserError,
]

/** What may be said of an error: its class, its code and where it came from; a message only where it is ours. */
export function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const message = ours.some((kind) => error instanceof kind) ? { message: error.message } : {}
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause = error.cause === undefined ? {} : { cause: errorFields(error.cause) }
  return { type: error.name, ...message, ...code, frames: frames.map((line) => line.trim()), ...cause }
}

/** What pino writes. */
const Line = z.looseObject({ time: z.number(), level: z.number(), msg: z.string() })

/** `12:31:05 INFO done {"job":"evaluate-push"}` */
const lines: DestinationStream = {
  write(line) {
    const { time, level, msg, pid: _, hostname: __, ...fields } = Line.parse(JSON.parse(line))
    const at = new Date(time).toISOString().slice(11, 19)
    const rest = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`
    process.stdout.write(`${at} ${(pino.levels.labels[level] ?? '').toUpperCase()} ${msg}${rest}\n`)
  },
}
