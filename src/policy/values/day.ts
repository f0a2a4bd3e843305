import { z } from 'zod'

const dayMs = 24 * 3_600_000

/** A day of the calendar, `YYYY-MM-DD`. Days compare as text. */
export const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date such as 2026-12-31')
  .refine((text) => isDay(text), 'is not a day of the calendar')

/** Days from one to the other; negative where `to` comes first. Both are valid days. */
export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to) - startOf(from)) / dayMs)
}

function isDay(text: string): boolean {
  const start = startOf(text)
  // 30 February is read as 2 March, so what was read must be what was written.
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(text)
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}
