import { z } from 'zod'

import { key } from '../key.ts'
import { entriesAdd, ordered } from '../strictness.ts'
import { refuseTwins } from '../values/twins.ts'
import { Requirement, requirementHolds } from './requirement.ts'

const people = {
  author_counts: key(z.boolean(), {
    default: false,
    description: 'Whether the author’s own approval counts.',
    stricter: ordered<boolean>(true, false),
  }),
  contributor_counts: key(z.boolean(), {
    default: false,
    description: 'The same for authors, committers, co-authors and pushers of any commit of the change.',
    stricter: ordered<boolean>(true, false),
  }),
  distinct: key(z.boolean(), {
    default: false,
    description: 'true: one person satisfies one requirement only.',
    stricter: ordered<boolean>(false, true),
  }),
  stale: key(z.enum(['changed-content', 'always', 'never']), {
    default: 'changed-content',
    description:
      'When an approval stops counting: when the content changed since, with any new commit, or never.',
    stricter: ordered('never', 'changed-content', 'always'),
  }),
  bots: z
    .strictObject({
      may_approve: key(z.boolean(), {
        default: false,
        description: 'Whether the approval of a bot or an App counts.',
        stricter: ordered<boolean>(true, false),
      }),
    })
    .prefault({})
    .meta({ description: 'Accounts that are no people.' }),
}

export const Reviews = z.strictObject({
  requirements: key(
    z.array(Requirement).superRefine((requirements, context) => {
      refuseTwins(requirements, 'name', context, (name) => `the requirement "${name}" is there twice`)
    }),
    {
      default: [{ name: 'everything', count: 1, by: ['write'] }],
      description:
        'Who must approve what. By default one person with write access who neither wrote nor pushed any of it; [] asks for nobody.',
      stricter: entriesAdd(
        'name',
        'requirements add up; one of the same name may only ask for more people, out of the same ones',
        requirementHolds,
      ),
    },
  ),
  ...people,
})
