export type Paint = (style: keyof typeof codes, text: string) => string

const codes = { red: 31, yellow: 33, green: 32, bold: 1, dim: 2 } as const

/** Colours that a terminal shows. They only repeat what the words say, so without them nothing is lost. */
export function painter(isColored: boolean): Paint {
  return (style, text) => (isColored ? `\u001b[${codes[style]}m${text}\u001b[0m` : text)
}
