/** Something that happens later, unless it is called off. */
export interface Later {
  /** Calls it off; if it has begun already, waits for its end. Throws what it threw. */
  cancel(): Promise<void>
}

/** Does something after so many milliseconds. The timer does not keep the process alive. */
export function after(ms: number, act: () => Promise<void>): Later {
  let begun: Promise<void> | null = null
  const timer = setTimeout(() => {
    begun = act()
    // Whoever cancels gets the error; until then it must not end the process.
    begun.catch(() => undefined)
  }, ms)
  timer.unref()
  return {
    async cancel() {
      clearTimeout(timer)
      await begun
    },
  }
}
