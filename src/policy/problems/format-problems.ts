import type { PolicyProblem } from './problem.ts'

/** As a terminal, a check run's code block or a log shows them, errors first; ends with a newline. `''` for none. */
export function formatProblems(problems: readonly PolicyProblem[], most = 50): string {
  const sorted = problems.toSorted((one, other) => rank(one) - rank(other))
  const blocks = sorted.slice(0, most).map(formatProblem)
  const rest = sorted.length - blocks.length
  if (rest > 0) blocks.push(`and ${rest} more\n`)
  return blocks.join('\n')
}

function rank({ level }: PolicyProblem): number {
  return level === 'error' ? 0 : 1
}

function formatProblem(problem: PolicyProblem): string {
  const { file, line, column, level, excerpt, against } = problem
  const number = String(line)
  const margin = ' '.repeat(number.length)
  const lines = [
    `${file}:${line}:${column}  ${level}  ${sentenceOf(problem)}`,
    `  ${number} | ${excerpt.text}`,
    `  ${margin} | ${' '.repeat(excerpt.caretAt)}${'^'.repeat(excerpt.caretLength)}`,
  ]
  if (against !== null) lines.push(`  ${margin} = ${against}`)
  return `${lines.join('\n')}\n`
}

/** The message with what was probably meant. */
function sentenceOf({ message, suggestion }: PolicyProblem): string {
  return suggestion === null ? message : `${message} – did you mean "${suggestion}"?`
}
