import { z } from 'zod'

/** A path as git has it: from the root of the repository, with `/`. */
export const RepositoryPath = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (path) => !/[\p{Cc}\\]/u.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part)),
    'must be a path from the root of the repository, without a leading "/" and without ".."',
  )
