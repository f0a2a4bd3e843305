/** The policy says something that ours cannot. `feature` is its key: `if.title`. */
export class CannotImport extends Error {
  override readonly name = 'CannotImport'

  constructor(feature: string) {
    super(`cannot import: ${feature}`)
  }
}
