import assert from 'node:assert/strict'
import { it } from 'node:test'

import { diffWithNotes } from './diff-with-notes.ts'
import { painter } from './paint.ts'

it('puts a note below the last line that it is about, by the numbers of the new side', () => {
  const diff = [
    'diff --git a/x b/x',
    '--- a/x',
    '+++ b/x',
    '@@ -3,3 +4,3 @@ spec:',
    ' a',
    '-b',
    '+c',
    ' d',
    '',
  ].join('\n')
  const note = {
    start_line: 4,
    end_line: 5,
    annotation_level: 'failure',
    title: 'No',
    message: 'so\n\nFix: thus',
  }

  const lines = diffWithNotes(diff, [note], { columns: 40, paint: painter(false) })

  assert.deepEqual(lines, [
    '   4  a',
    '     -b',
    '   5 +c',
    '       ▲ failure  No',
    '         so',
    '         Fix: thus',
    '   6  d',
  ])
})
