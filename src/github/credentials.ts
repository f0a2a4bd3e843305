import type { Permission } from './call.ts'

/** How calls log in: as the App, as one of its installations, or as the owner of a token. */
export interface Credentials {
  /** The `authorization` header; null where the wire makes it. Throws `PermissionMissing` for what was not granted. */
  authorization(permission: Permission): Promise<string | null>
  /** After a 401 to what {@link authorization} gave: whether another attempt may succeed, with something made anew. */
  renew(refused: string | null): Promise<boolean>
  /** After a 403: throws `Gone` where the whole installation has been suspended or removed. */
  confirm(): Promise<void>
  /** What a person checks when GitHub does not accept them. */
  readonly remedy: string
}
