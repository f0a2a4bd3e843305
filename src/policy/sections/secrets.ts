import { z } from 'zod'

import { findsItsExamples } from '../checks/custom-pattern.ts'
import { key } from '../key.ts'
import { entriesAdd, grows, higher, ordered, shrinks } from '../strictness.ts'
import { Glob } from '../values/glob.ts'
import { CustomRuleId } from '../values/rule-id.ts'
import { Size } from '../values/size.ts'
import { refuseTwins } from '../values/twins.ts'

const Custom = z
  .strictObject({
    id: CustomRuleId.meta({ description: 'custom/NAME.' }),
    title: z.string().min(1).max(200).meta({ description: 'What the secret is.' }),
    pattern: z.string().min(1).max(1000).meta({
      description: 'A regular expression of the linear subset: no back-references, no look-around.',
    }),
    keywords: z
      .array(z.string().min(2))
      .default([])
      .meta({ description: 'One of these stands near every match; the search begins from them.' }),
    examples: z
      .strictObject({
        match: z.array(z.string()).default([]).meta({ description: 'Texts that must be found.' }),
        ignore: z.array(z.string()).default([]).meta({ description: 'Texts that must not be found.' }),
      })
      .prefault({})
      .meta({ description: 'Tried whenever the policy is read.' }),
  })
  .superRefine(findsItsExamples)

export const Secrets = z.strictObject({
  fail_on: key(z.enum(['any', 'high-confidence', 'never']), {
    default: 'any',
    description: 'Which secrets block.',
    stricter: ordered('never', 'high-confidence', 'any'),
  }),
  include: key(z.array(Glob).min(1), {
    default: ['**'],
    description: 'Which files are searched.',
    stricter: {
      ...grows,
      weaker: (floor, value) => (value.includes('**') ? null : grows.weaker(floor, value)),
    },
  }),
  exclude: key(z.array(Glob), {
    default: [],
    description: 'Which of them are not.',
    stricter: shrinks,
  }),
  max_blob: key(Size, {
    default: '10MiB',
    description: 'A larger blob is a skip.',
    stricter: higher,
  }),
  oversize: key(z.enum(['block', 'warn']), {
    default: 'block',
    description: 'Whether a blob larger than max_blob blocks.',
    stricter: ordered('warn', 'block'),
  }),
  waivable: key(z.boolean(), {
    default: false,
    description: 'Whether a secret can be waived. A live secret is revoked, not excused.',
    stricter: ordered<boolean>(true, false),
  }),
  custom: key(
    z.array(Custom).superRefine((rules, context) => {
      refuseTwins(rules, 'id', context, (id) => `the rule ${id} is there twice`)
    }),
    {
      default: [],
      description: 'Rules for secrets of your own.',
      stricter: entriesAdd('id', 'rules add up; one that is there may not be changed'),
    },
  ),
})
