import type { Laptop } from './laptop.ts'
import type { Scene } from './perform.ts'
import type { Stage } from './stage.ts'

/** A scene whose stage is set. */
export interface Act extends Scene {
  readonly stage: Stage
  /** Where ana and kim commit. */
  readonly laptop: Laptop
  /** `performance.now()` when the App was started. */
  readonly started: number
}
