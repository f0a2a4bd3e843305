/** Waits for what must come, and says what was there instead where it does not. The time only ends a failed test. */
export async function within<Value>(
  work: Promise<Value>,
  instead: () => string,
  seconds = 60,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Not within ${seconds} s. ${instead()}`)), seconds * 1000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
