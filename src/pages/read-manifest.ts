/** What app.yml asks GitHub for, each with the reason that stands behind it. */
export interface Manifest {
  readonly name: string
  readonly description: string
  readonly permissions: readonly Permission[]
  readonly events: readonly Subscription[]
}

export interface Permission {
  readonly name: string
  readonly access: string
  readonly reason: string
}

export interface Subscription {
  readonly name: string
  readonly reason: string
}

/**
 * Reads app.yml with its comments, which a YAML parser drops: GitHub refuses keys that it does not know, so the reasons
 * can stand nowhere else. Throws where a permission or an event has no reason.
 */
export function readManifest(text: string): Manifest {
  const permissions = section(text, 'default_permissions').map((line) => {
    const [, name = '', access = '', reason = ''] = matched(line, /^ {2}(\w+): (\w+) # (.+)$/)
    return { name, access, reason }
  })
  const events = section(text, 'default_events').map((line) => {
    const [, name = '', reason = ''] = matched(line, /^ {2}- (\w+) # (.+)$/)
    return { name, reason }
  })
  const [, name = ''] = matched(text, /^name: (.+)$/m)
  const [, description = ''] = matched(text, /^description: (.+)$/m)
  return { name, description, permissions, events }
}

function section(text: string, key: string): string[] {
  const lines = text.split('\n')
  const start = lines.indexOf(`${key}:`)
  if (start === -1) throw new Error(`app.yml has no ${key}.`)
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => !line.startsWith('  '))
  return end === -1 ? rest : rest.slice(0, end)
}

function matched(text: string, pattern: RegExp): RegExpExecArray {
  const match = pattern.exec(text)
  if (match === null) throw new Error(`app.yml does not have the expected form: ${text.slice(0, 80)}`)
  return match
}
