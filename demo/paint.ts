const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, code: 36 } as const

/** `code` is how names, paths and commands look. */
export type Style = keyof typeof codes

/** Gives a text colour, or leaves it as it is where there is none. Colour only repeats what the words say. */
export type Paint = (style: Style, text: string) => string

export function painter(hasColor: boolean): Paint {
  return (style, text) => (hasColor ? `\u001b[${codes[style]}m${text}\u001b[0m` : text)
}
