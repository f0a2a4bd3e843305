import { z } from 'zod'

import { key } from '../key.ts'
import { ordered, replaces, same, shrinks } from '../strictness.ts'
import { RepositoryPath } from '../values/repository-path.ts'

export const Signatures = z.strictObject({
  require: key(z.enum(['never', 'every-commit', 'head']), {
    default: 'never',
    description: 'Which commits of a change must have an accepted signature. never: it is only reported.',
    stricter: ordered('never', 'head', 'every-commit'),
  }),
  accept: key(z.array(z.enum(['openpgp', 'ssh', 'x509', 'gitsign'])).min(1), {
    default: ['openpgp', 'ssh', 'x509', 'gitsign'],
    description: 'Which kinds of signatures count.',
    stricter: shrinks,
  }),
  trust: key(RepositoryPath, {
    default: '.github/portcullis/trust.yml',
    description:
      'The trust root: who may sign, with which key. Read from the base side; keys/ lies beside it.',
    stricter: same(),
  }),
  bind: key(z.enum(['committer', 'committer-and-author']), {
    default: 'committer',
    description: 'Whom of a commit its key must belong to.',
    stricter: ordered('committer', 'committer-and-author'),
  }),
  since: key(
    z
      .string()
      .regex(/^[\da-f]{40}$/, 'must be the full id of a commit: 40 hexadecimal digits')
      .nullable(),
    {
      default: null,
      description: 'A commit: what it reaches is not judged.',
      stricter: replaces<string | null>(
        'only the same commit, or null',
        (floor, value) => value === null || value === floor,
      ),
    },
  ),
})
