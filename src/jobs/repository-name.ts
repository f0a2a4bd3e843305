import type { RepositoryName } from '../ports/github.ts'

/** `owner/name` -> its two parts. Deliveries and arguments were checked to have this shape. */
export function repositoryName(fullName: string): RepositoryName {
  const [owner = '', name = ''] = fullName.split('/')
  return { owner, name }
}
