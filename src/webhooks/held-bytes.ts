/** How much of all bodies is held at once. */
export interface HeldBytes {
  /** False where it would be more than is allowed; then nothing is taken. */
  take(bytes: number): boolean
  give(bytes: number): void
}

export function heldBytes(limit: number): HeldBytes {
  let held = 0
  return {
    take(bytes) {
      if (held + bytes > limit) return false
      held += bytes
      return true
    },
    give(bytes) {
      held -= bytes
    },
  }
}
