/** Whoever waits for something to become true is asked again after each change. Nothing polls, nothing times out. */
export class Changes {
  readonly #waiting = new Set<{
    isTrue: () => boolean
    resolve: () => void
    reject: (error: Error) => void
  }>()

  /** Resolves as soon as `isTrue` holds. Rejects when the simulator is closed before. */
  until(isTrue: () => boolean): Promise<void> {
    if (isTrue()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#waiting.add({ isTrue, resolve, reject })
    })
  }

  notify(): void {
    for (const one of this.#waiting) {
      if (!one.isTrue()) continue
      this.#waiting.delete(one)
      one.resolve()
    }
  }

  close(): void {
    for (const one of this.#waiting)
      one.reject(new Error('the simulator was closed while something was awaited'))
    this.#waiting.clear()
  }
}
