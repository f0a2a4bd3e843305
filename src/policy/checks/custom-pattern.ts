import { RE2JS, RE2JSException } from 're2js'
import type { z } from 'zod'

import type { CustomSecretRule } from '../../model/policy.ts'

/** A pattern that is none, or does not find what it says it finds, guards nothing. The examples themselves are not shown. */
export function findsItsExamples(rule: CustomSecretRule, context: z.core.$RefinementCtx): void {
  const pattern = compile(rule.pattern)
  if (pattern === null) {
    const message =
      'is not a regular expression of the linear subset (RE2): no back-references, no look-around'
    context.addIssue({ code: 'custom', path: ['pattern'], message })
    return
  }
  const refuse = (list: 'match' | 'ignore', index: number, message: string) =>
    context.addIssue({ code: 'custom', path: ['examples', list, index], message })
  for (const [index, text] of rule.examples.match.entries()) {
    if (!pattern.matcher(text).find()) refuse('match', index, 'is an example that the pattern does not find')
    else if (!hasKeyword(rule.keywords, text))
      refuse('match', index, 'is an example without any of the keywords')
  }
  for (const [index, text] of rule.examples.ignore.entries())
    if (pattern.matcher(text).find())
      refuse('ignore', index, 'is an example to ignore that the pattern finds')
}

function compile(source: string): RE2JS | null {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    if (error instanceof RE2JSException) return null
    throw error
  }
}

function hasKeyword(keywords: readonly string[], text: string): boolean {
  const lowered = text.toLowerCase()
  return keywords.length === 0 || keywords.some((keyword) => lowered.includes(keyword.toLowerCase()))
}
