import { readFileSync } from 'node:fs'

import { load } from 'js-yaml'
import { z } from 'zod'

const Manifest = z.object({
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
})

/** What app.yml asks for: the simulated GitHub grants exactly that. */
export function appManifest(): { permissions: Record<string, 'read' | 'write'>; events: string[] } {
  const text = readFileSync(new URL('../app.yml', import.meta.url), 'utf8')
  const { default_permissions: permissions, default_events: events } = Manifest.parse(load(text))
  return { permissions, events }
}
