import type { OperationName } from '../operations.ts'
import { activityEndpoints } from './activity.ts'
import { appEndpoints } from './app.ts'
import { branchEndpoints } from './branches.ts'
import { checkEndpoints } from './checks.ts'
import { commentEndpoints } from './comments.ts'
import { contentEndpoints } from './contents.ts'
import type { Handler } from './handler.ts'
import { hookDeliveryEndpoints } from './hook-deliveries.ts'
import { pullEndpoints } from './pulls.ts'
import { repositoryEndpoints } from './repositories.ts'

/** One handler for each operation of `operations.ts`. */
export const endpoints: Readonly<Record<OperationName, Handler>> = {
  ...activityEndpoints,
  ...appEndpoints,
  ...branchEndpoints,
  ...checkEndpoints,
  ...commentEndpoints,
  ...contentEndpoints,
  ...hookDeliveryEndpoints,
  ...pullEndpoints,
  ...repositoryEndpoints,
}
