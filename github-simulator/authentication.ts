import { createVerify } from 'node:crypto'

import { z } from 'zod'

import { Refusal } from './answer.ts'
import type { Account, Installation, InstallationToken } from './state.ts'
import type { World } from './world.ts'

/** Who calls, proved by the Authorization header. */
export type Caller =
  | { readonly kind: 'app' }
  | { readonly kind: 'installation'; readonly installation: Installation; readonly token: InstallationToken }
  | { readonly kind: 'person'; readonly account: Account }

/** Proves who calls. Throws a `Refusal`, worded as GitHub's. Basic authentication carries a token as its password. */
export function authenticate(world: World, authorization: string | undefined): Caller {
  if (authorization === undefined) throw new Refusal(401, 'Requires authentication')
  const [scheme = '', value = ''] = authorization.split(' ')
  if (scheme.toLowerCase() === 'basic') {
    const [, password = ''] = /^[^:]*:(.*)$/s.exec(Buffer.from(value, 'base64').toString()) ?? []
    return callerOfToken(world, password)
  }
  if (!/^(?:bearer|token)$/i.test(scheme)) throw new Refusal(401, 'Bad credentials')
  return value.split('.').length === 3 ? callerOfJwt(world, value) : callerOfToken(world, value)
}

function callerOfToken(world: World, value: string): Caller {
  const login = world.state.personalTokens.get(value)
  const account = login === undefined ? undefined : world.state.accounts.get(login)
  if (account !== undefined) return { kind: 'person', account }

  const token = world.state.installationTokens.get(value)
  const installation = token === undefined ? undefined : world.state.installations.get(token.installation)
  if (token === undefined || installation === undefined) throw new Refusal(401, 'Bad credentials')
  if (token.expiresAt <= world.clock()) throw new Refusal(401, 'Bad credentials')
  if (installation.suspendedAt !== null) throw new Refusal(403, 'This installation has been suspended')
  return { kind: 'installation', installation, token }
}

const Header = z.object({ alg: z.literal('RS256') })
const Claims = z.object({ iss: z.union([z.string(), z.number()]), iat: z.number(), exp: z.number() })

/** https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
function callerOfJwt(world: World, jwt: string): Caller {
  const [header = '', claims = '', signature = ''] = jwt.split('.')
  const { iss, iat, exp } = decoded(Claims, claims)
  decoded(Header, header)
  const isSigned = createVerify('RSA-SHA256')
    .update(`${header}.${claims}`)
    .verify(world.app.publicKey, signature, 'base64url')
  if (!isSigned) throw undecodable()

  const now = Math.floor(world.clock().getTime() / 1000)
  if (String(iss) !== String(world.app.id) && iss !== world.app.clientId)
    throw new Refusal(404, 'Integration not found')
  if (iat > now + 60)
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    )
  if (exp <= now)
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    )
  if (exp > now + 600) throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future")
  return { kind: 'app' }
}

function decoded<T>(schema: z.ZodType<T>, part: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(part, 'base64url').toString()))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw undecodable()
    throw error
  }
}

const undecodable = () => new Refusal(401, 'A JSON web token could not be decoded')
