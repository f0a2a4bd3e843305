/** Waits, without a clock, for what other work of this process is about to make true. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let turns = 0; turns < 100_000; turns += 1) {
    if (await isTrue()) return
    await new Promise(setImmediate)
  }
  throw new Error('It did not become true.')
}
