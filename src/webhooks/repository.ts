import type { KeyedJob, RepositoryDelivery } from '../ports/delivery.ts'
import { repositoryKey } from '../ports/job-keys.ts'

/**
 * Something about a repository as a whole may have changed: its name, its protection, who has which right. The job reads
 * which; bots' changes count like anybody's.
 */
export function repository(delivery: Omit<RepositoryDelivery, 'action'>): KeyedJob[] {
  const data = { installation: delivery.installation, repository: delivery.repository }
  return [{ job: { name: 'inspect-repository', data }, key: repositoryKey(data) }]
}
