import type { Diagnosis, Probe } from './doctor.ts'

/** What the probes reach of the world. Each function reads one thing anew, and throws what the port or `env.ts` throws. */
export interface DoctorReach {
  /** One sentence for each setting that is missing, unknown or wrong. */
  environment(): readonly string[]
  /** `git version 2.47.1`; null where there is no git. */
  gitVersion(): Promise<string | null>
  /** `v24.21.0`. */
  readonly nodeVersion: string
  readonly dataFolder: {
    readonly path: string
    isWritable(): Promise<boolean>
    isLocked(): Promise<boolean>
  }
  app(): Promise<AppAsGitHubKnowsIt>
  /** After {@link app}: how far our clock is ahead of GitHub's. */
  skewSeconds(): number
  /** Of app.yml. */
  readonly wanted: Omit<AppAsGitHubKnowsIt, 'slug'>
  /** Where GitHub sends deliveries; null where no address is set. */
  webhookUrl(): Promise<string | null>
}

export interface AppAsGitHubKnowsIt {
  readonly slug: string
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
}

/** Oldest that the mirrors were tested with, and the Node that strips types and is tested. */
const oldest = { git: [2, 38], node: [24, 15] } as const

/** In the order in which a person would repair them. */
export function doctorProbes(reach: DoctorReach): Probe[] {
  return [
    { name: 'environment', run: async () => environment(reach) },
    { name: 'node', run: async () => version('Node', reach.nodeVersion, oldest.node) },
    { name: 'git', run: async () => version('git', await reach.gitVersion(), oldest.git) },
    { name: 'data folder', run: () => dataFolder(reach) },
    { name: 'credentials', run: () => credentials(reach) },
    { name: 'clock', run: async () => clock(reach) },
    { name: 'permissions', run: () => permissions(reach) },
    { name: 'events', run: () => events(reach) },
    { name: 'webhook', run: () => webhook(reach) },
  ]
}

function environment(reach: DoctorReach): Diagnosis {
  const wrong = reach.environment()
  if (wrong.length === 0) return ok('Every setting is there.')
  return problem(wrong.join(' '), 'Correct these settings and run portcullis doctor again.')
}

function version(what: string, text: string | null, [major, minor]: readonly [number, number]): Diagnosis {
  const wanted = `${major}.${minor}`
  if (text === null) return problem(`${what} was not found.`, `Install ${what} ${wanted} or newer.`)
  const [, foundMajor = 0, foundMinor = 0] = (/(\d+)\.(\d+)/.exec(text) ?? []).map(Number)
  const isEnough = foundMajor > major || (foundMajor === major && foundMinor >= minor)
  const found = `${what} is ${foundMajor}.${foundMinor}`
  return isEnough
    ? ok(`${found}.`)
    : problem(`${found}, which is too old.`, `Install ${what} ${wanted} or newer.`)
}

async function dataFolder({ dataFolder: folder }: DoctorReach): Promise<Diagnosis> {
  if (!(await folder.isWritable()))
    return problem(
      `${folder.path} cannot be written.`,
      'Give the user of this process the right to write there.',
    )
  return (await folder.isLocked())
    ? problem(`Another process uses ${folder.path}.`, 'Stop it, or set DATA_DIR to another folder.')
    : ok(`${folder.path} is writable, and nobody else uses it.`)
}

async function credentials(reach: DoctorReach): Promise<Diagnosis> {
  return ok(`GitHub knows us as the App ${(await reach.app()).slug}.`)
}

function clock(reach: DoctorReach): Diagnosis {
  const ahead = reach.skewSeconds()
  if (ahead === 0) return ok('Our clock agrees with that of GitHub.')
  const message = `Our clock is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} that of GitHub.`
  return problem(message, 'Let the machine set its clock by NTP.')
}

async function permissions(reach: DoctorReach): Promise<Diagnosis> {
  const { permissions: granted } = await reach.app()
  const missing = Object.entries(reach.wanted.permissions)
    .filter(([name, level]) => !isGranted(granted[name], level))
    .map(([name, level]) => `${name}: ${level}`)
  if (missing.length === 0) return ok('The App has every permission of app.yml.')
  return problem(
    `The App lacks ${missing.join(', ')}.`,
    'Add that to the permissions of the App at GitHub, and accept it in each organisation.',
  )
}

/** A stronger right contains the weaker. */
function isGranted(granted: string | undefined, wanted: string): boolean {
  return granted === wanted || granted === 'write' || granted === 'admin'
}

async function events(reach: DoctorReach): Promise<Diagnosis> {
  const subscribed = new Set((await reach.app()).events)
  const missing = reach.wanted.events.filter((event) => !subscribed.has(event))
  if (missing.length === 0) return ok('The App gets every event of app.yml.')
  return problem(
    `The App does not get ${missing.join(', ')}.`,
    'Subscribe to them in the settings of the App at GitHub.',
  )
}

async function webhook(reach: DoctorReach): Promise<Diagnosis> {
  const url = await reach.webhookUrl()
  if (url !== null) return ok(`GitHub sends deliveries to ${url}.`)
  return problem(
    'The App has no webhook address.',
    'Set it to PUBLIC_URL with WEBHOOK_PATH in the settings of the App.',
  )
}

function ok(message: string): Diagnosis {
  return { kind: 'ok', message }
}

function problem(message: string, remediation: string): Diagnosis {
  return { kind: 'problem', message, remediation }
}
