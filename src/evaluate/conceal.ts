import type { Finding } from '../model/finding.ts'
import type { Conceal, Gate, Waiting } from '../model/gate.ts'
import type { Policy } from '../model/policy.ts'
import type { Skip } from '../model/skip.ts'

/**
 * What may be shown of a text that somebody else wrote, by the gate that knows what a secret is, whether it is to judge
 * or was left out. Unchanged where there is no such gate.
 */
export function concealerOf(gates: readonly Gate[], policy: Policy | null): Conceal {
  return gates.find(({ conceal }) => conceal !== undefined)?.conceal?.(policy) ?? ((text) => text)
}

/** A finding with what may be shown of it. The gate that finds secrets writes its messages itself, and shows none. */
export function concealedFinding<Of extends Finding>(finding: Of, conceal: Conceal): Of {
  const { gate, path, places, message, resource } = finding
  return {
    ...finding,
    path: ifAny(path, conceal),
    places: places.map((place) => ({ ...place, path: conceal(place.path) })),
    message: gate === 'secrets' ? message : conceal(message),
    resource: ifAny(resource, conceal),
  }
}

/** A skip with what may be shown of it: its reason may quote what could not be read. */
export function concealedSkip<Of extends Pick<Skip, 'path' | 'reason'>>(skip: Of, conceal: Conceal): Of {
  return { ...skip, path: ifAny(skip.path, conceal), reason: conceal(skip.reason) }
}

/** A requirement bears the name that the policy gives it. */
export function concealedWaiting(waiting: Waiting, conceal: Conceal) {
  return { ...waiting, requirement: conceal(waiting.requirement), who: [...waiting.who] }
}

function ifAny(text: string | null, conceal: Conceal): string | null {
  return text === null ? null : conceal(text)
}
