import { gitopsStrict } from './gitops-strict.ts'

/** By name, as a policy file writes it. `recommended` says nothing: it is what every key's default says. */
export const presets: ReadonlyMap<string, Readonly<Record<string, unknown>>> = new Map<
  string,
  Readonly<Record<string, unknown>>
>([
  ['recommended', {}],
  ['gitops-strict', gitopsStrict],
])
