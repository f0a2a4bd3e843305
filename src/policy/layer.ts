import type { Location } from '../model/location.ts'
import type { ValuePath } from '../model/resource.ts'
import { excerptOf } from './problems/excerpt.ts'
import { dotted } from './problems/issue.ts'
import type { PolicyOwner, PolicyProblem } from './problems/problem.ts'

/** One file that takes part in a policy, as it was read. */
export interface LayerFile {
  readonly owner: PolicyOwner
  /** As people are shown it: `.github/portcullis.yml`, `acme/.github portcullis.yml`. */
  readonly label: string
  /** As in `EffectivePolicy.sources`. */
  readonly source: string
  readonly text: string
}

/** A valid file: what it says, as it says it, and where. */
export interface Layer {
  readonly file: LayerFile
  readonly raw: Readonly<Record<string, unknown>>
  readonly extends: readonly string[]
  /** Null for a preset, which has no lines. */
  readonly places: Places | null
}

export interface Places {
  locate(path: ValuePath): Location
  locateKey(path: ValuePath): Location
}

/** What is wrong at a path of a layer. */
export interface LayerMistake {
  readonly path: ValuePath
  readonly isKey?: boolean
  readonly level?: 'error' | 'warning'
  readonly message: string
  readonly suggestion?: string | null
  readonly against?: string | null
}

/** Puts a mistake at its place in the text. */
export function problemIn(file: LayerFile, places: Places | null, mistake: LayerMistake): PolicyProblem {
  const { path, isKey = false, level = 'error', message, suggestion = null, against = null } = mistake
  const place = placeOf(file, places, path, isKey)
  const { startLine: line, startColumn: column } = place
  const text = file.text.split('\n')[line - 1] ?? ''
  // Of a value that goes on over several lines, the first is underlined to its end.
  const endColumn = place.endLine === line ? place.endColumn : text.length + 1
  return {
    level,
    owner: file.owner,
    file: file.label,
    line,
    column,
    endColumn: Math.max(endColumn, column + 1),
    key: dotted(path),
    message,
    suggestion,
    excerpt: excerptOf(text, column, endColumn),
    against,
  }
}

/** A preset has no lines, so whatever is wrong with it is at its beginning. */
function placeOf(file: LayerFile, places: Places | null, path: ValuePath, isKey: boolean): Location {
  if (places !== null) return isKey ? places.locateKey(path) : places.locate(path)
  return { path: file.label, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 }
}
