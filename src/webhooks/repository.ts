import type { KeyedJob, RepositoryDelivery } from '../ports/delivery.ts'

/**
 * Something about a repository as a whole may have changed: its name, its protection, who has which right. The job reads
 * which; bots' changes count like anybody's.
 */
export function repository({ installation, repository }: RepositoryDelivery): KeyedJob[] {
  const data = { installation, repository }
  return [{ job: { name: 'inspect-repository', data }, key: `${installation} ${repository}` }]
}
