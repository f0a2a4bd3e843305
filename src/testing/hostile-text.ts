import * as fc from 'fast-check'

/** What somebody would put into a name to get more out of it than a name. */
export const hostileTexts: readonly string[] = [
  '\u001b[2J\u001b[1;32mALL CLEAR\u001b[0m\r',
  '\u009b31m',
  '\u202Egnp.exe',
  '\u2066isolate\u2069\u200b\ufeff',
  'zero\u200dwidth\u00adsoft\u3164filler',
  '\u{e0041}\u{e0042}tag',
  'line\nbreak\r\nline\u2028sep\u2029par\u0085nel',
  '\ud800lone\udfff',
  'Z\u0301\u0302\u0303\u0304\u0305a',
  '\u0338mark first',
  'nbsp\u00a0and\u2003em',
  '```\n</details>\n```',
  '`` ` ```',
  '`',
  ' ` ',
  '\\`x\\`',
  'a|b\\|c\\\\|d',
  '|',
  '\\',
  '| ✅ fake | row |',
  '@acme/everyone @kim kim@example.com',
  '[words](https://evil.example) [x]: y',
  '![pixel](https://evil.example/p.png)',
  '<img src=x onerror=alert(1)><script>',
  '</code></summary></details><h1>',
  '<!-- portcullis:v1 -->',
  '&lt;b&gt; &#64;kim',
  'https://evil.example www.evil.example mailto:kim@example.com',
  '#12 GH-12 acme/fleet#12 8c0de1f2a3b4c5d6e7f8091a2b3c4d5e6f708192',
  '# heading',
  '1. list',
  '- list',
  '> quote',
  '    code',
  '---',
  ':white_check_mark: :x:',
  '**bold** _em_ ~~gone~~ $x$',
  '::set-output name=x::y',
  ' ::error::forged',
  'file.yml,line=1::x',
  '%0A::error::x %25 %',
  '##[error]x ##vso[task.setvariable]x',
  '{0} {1} {{2}}',
  '../../etc/passwd',
  '/etc/passwd',
  'C:\\windows',
  'javascript:alert(1)',
  'a?b#c',
  '',
  ' ',
  '\u0000',
]

/** Any text: single characters of all of Unicode, lone surrogates, and the pieces above in any order. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 8 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(...hostileTexts),
      fc.constantFrom('`', '|', '\\', ' ', '\n', '@', '<', ':', '#', '%', ',', '.', '/', '[', '](', '{', '}'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

/** Whether a text has a character that nobody sees, or that changes what is seen; a new line is none. Written anew here. */
export function hiddenIn(text: string): string[] {
  return Array.from(text).filter((character) => {
    const code = character.codePointAt(0) ?? 0
    if (code === 0x0a) return false
    return code < 0x20 || ranges.some(([first, last]) => code >= first && code <= last)
  })
}

/** Unicode 16: DerivedCoreProperties (Default_Ignorable_Code_Point), Bidi_Control, Zs, Zl, Zp, Cc, Cs, Co. */
const ranges: readonly (readonly [number, number])[] = [
  [0x7f, 0xa0],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x600, 0x605],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x2800, 0x2800],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xd800, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
  [0xf0000, 0xffffd],
  [0x100000, 0x10fffd],
]
