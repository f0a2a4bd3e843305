import type { Text } from '../../model/change.ts'
import type { Finding } from '../../model/finding.ts'
import type { BlobFinding, Scanner } from '../../model/gate.ts'
import type { Skip } from '../../model/skip.ts'

/** What a person calls the text, and how the secret gets out of it. */
const kinds: Readonly<Record<Text['kind'], { name: string; remove: string; isAdvice: boolean }>> = {
  'commit-message': {
    name: 'a commit message',
    remove: 'Then reword the commit with git rebase and force-push the branch.',
    isAdvice: false,
  },
  ref: {
    name: 'a branch or tag name',
    remove: 'Then rename the branch or tag and delete the old name.',
    isAdvice: false,
  },
  path: {
    name: 'a file name',
    remove: 'Then rename the file in the commit that added it and force-push the branch.',
    isAdvice: false,
  },
  title: { name: 'the title', remove: 'Then edit the title and delete its older versions.', isAdvice: true },
  body: {
    name: 'the description',
    remove: 'Then edit the description and delete its older versions.',
    isAdvice: true,
  },
  comment: { name: 'a comment', remove: 'Then delete the comment.', isAdvice: true },
}

/**
 * Secrets in what the change says outside its blobs. Those in commits and names are in git for good and block. Title,
 * description and comments are advice: a person edits them, without a commit that could be judged again.
 */
export function findInTexts(
  scanner: Scanner,
  texts: readonly Text[],
): { findings: readonly Finding[]; skips: readonly Skip[] } {
  const found = new Map<string, Finding>()
  const skips: Skip[] = []
  for (const text of texts) {
    const scan = scanner.scan({ path: '', bytes: Buffer.from(text.text, 'utf8') })
    for (const { reason, blocks } of scan.skips)
      skips.push({ path: null, reason: `${kinds[text.kind].name}: ${reason}`, blocks })
    for (const finding of scan.findings) {
      const key = `${text.kind} ${finding.identity}`
      if (!found.has(key)) found.set(key, toFinding(text, finding))
    }
  }
  return { findings: [...found.values()], skips }
}

function toFinding({ kind, side, commit }: Text, found: BlobFinding): Finding {
  const { identity: _, ...finding } = found
  const { name, remove, isAdvice } = kinds[kind]
  return {
    ...finding,
    severity: isAdvice ? 'info' : finding.severity,
    message: `${finding.message}; it stands in ${name}.`,
    remediation: `${finding.remediation} ${remove}`,
    places: [],
    side,
    commit,
  }
}
