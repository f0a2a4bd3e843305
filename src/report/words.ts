/** `1 file`, `3 files`. */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}

/** The first seven digits of an object id: enough for a person, and what git prints. */
export function short(oid: string | null): string {
  return oid === null ? 'nothing' : oid.slice(0, 7)
}
