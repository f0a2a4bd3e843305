import { problemIn } from '../layer.ts'
import type { Layer, LayerMistake } from '../layer.ts'
import type { Merging } from '../merge.ts'
import { valueAt } from '../problems/issue.ts'
import type { PolicyProblem } from '../problems/problem.ts'
import { daysBetween } from '../values/day.ts'

const longestEvaluationDays = 90

/**
 * What a file's dates must satisfy beside one another and, where it is known, beside today. With time only warnings come:
 * a policy that is valid must not become invalid overnight.
 */
export function dayProblems(merging: Merging, layer: Layer, today: string | null): PolicyProblem[] {
  const mistakes = [
    ...modeMistakes(merging, layer, today),
    ...waiverMistakes(merging, layer, today),
    ...offRuleMistakes(layer, today),
  ]
  return mistakes.map((mistake) => problemIn(layer.file, layer.places, mistake))
}

function modeMistakes({ values }: Merging, { raw, file }: Layer, today: string | null): LayerMistake[] {
  const [mode, path] = [raw['mode'], raw['evaluate_until'] === undefined ? ['mode'] : ['evaluate_until']]
  if (mode === 'off' && file.owner !== 'organisation')
    return [
      {
        path: ['mode'],
        message: 'mode: off is only for the organisation’s file; use evaluate with evaluate_until',
      },
    ]
  if (mode === undefined && raw['evaluate_until'] === undefined) return []
  if ((values.get('mode') ?? 'enforce') !== 'evaluate') return []
  const until = textOf(values.get('evaluate_until'))
  if (until === null)
    return [{ path, message: 'mode: evaluate needs evaluate_until, the day from which on it enforces' }]
  if (today === null) return []
  const ahead = daysBetween(today, until)
  if (ahead > longestEvaluationDays)
    return [
      {
        path,
        message: `evaluate_until: ${until} is ${ahead} days ahead; at most ${longestEvaluationDays} are allowed`,
      },
    ]
  return ahead > 0
    ? []
    : [{ path, level: 'warning', message: `evaluate_until: ${until} has come, so the policy enforces` }]
}

function waiverMistakes({ values }: Merging, { raw }: Layer, today: string | null): LayerMistake[] {
  const active: unknown = valueAt(raw, ['waivers', 'active'])
  const max = values.get('waivers.max_days') ?? 90
  if (!Array.isArray(active) || typeof max !== 'number') return []
  return active.flatMap((waiver: unknown, index): LayerMistake[] => {
    const [granted, expires] = [textOf(valueAt(waiver, ['granted'])), textOf(valueAt(waiver, ['expires']))]
    if (granted === null || expires === null) return []
    const message = waiverMessage(granted, expires, max)
    const at = ['waivers', 'active', index]
    if (message !== null)
      return [{ path: [...at, 'expires'], message: `waiver for ${nameOf(waiver)} ${message}` }]
    // A day of tolerance, because the granter's today may be tomorrow here.
    if (today !== null && daysBetween(today, granted) > 1)
      return [
        {
          path: [...at, 'granted'],
          message: `waiver for ${nameOf(waiver)} is granted on a day to come`,
        },
      ]
    if (today === null || expires >= today) return []
    return [
      {
        path: [...at, 'expires'],
        level: 'warning',
        message: `waiver for ${nameOf(waiver)} expired; remove it`,
      },
    ]
  })
}

function waiverMessage(granted: string, expires: string, max: number): string | null {
  const days = daysBetween(granted, expires)
  if (days < 0) return 'expires before it is granted'
  return days > max ? `lasts ${days} days; at most ${max} are allowed (waivers.max_days)` : null
}

function offRuleMistakes({ raw }: Layer, today: string | null): LayerMistake[] {
  const rules = valueAt(raw, ['gates', 'iac', 'rules'])
  if (today === null || rules === undefined) return []
  return Object.entries(rules ?? {}).flatMap(([id, setting]): LayerMistake[] => {
    const until = textOf(valueAt(setting, ['until']))
    if (until === null || until > today) return []
    return [
      {
        path: ['gates', 'iac', 'rules', id, 'until'],
        level: 'warning',
        message: `${id} is on again since ${until}`,
      },
    ]
  })
}

function nameOf(waiver: unknown): string {
  return textOf(valueAt(waiver, ['rule'])) ?? 'a rule'
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
