import type { Gate } from '../model/gate.ts'
import { iac } from './iac/iac.ts'
import { reviews } from './reviews/reviews.ts'
import { secrets } from './secrets/secrets.ts'

/** Every gate there is. */
export const gates: readonly Gate[] = [secrets, iac, reviews]
