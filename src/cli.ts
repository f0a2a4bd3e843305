#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { inspect } from 'node:util'

import type { Command, CommandContext } from './commands/command.ts'
import { nearest } from './std/nearest.ts'
import { UserError } from './std/user-error.ts'
import { version } from './std/version.ts'

// Not where Node would put it: anybody can write in /tmp, and what lies there is run.
const cacheHome = process.env['XDG_CACHE_HOME'] ?? join(process.env['HOME'] ?? '', '.cache')
if (isAbsolute(cacheHome)) enableCompileCache(join(cacheHome, 'portcullis'))

/** Each command is loaded when it is called, with the adapters that it needs: `--version` and `--help` load none. */
const commands: Readonly<Record<string, { readonly summary: string; load(): Promise<Command> }>> = {
  check: {
    summary: 'judge a change: the same verdict as the App',
    async load() {
      const [{ check }, { gates }] = await Promise.all([
        import('./commands/check.ts'),
        import('./gates/index.ts'),
      ])
      return check(gates)
    },
  },
  scan: {
    summary: 'look at files as they lie',
    async load() {
      const [{ scan }, { gates }] = await Promise.all([
        import('./commands/scan.ts'),
        import('./gates/index.ts'),
      ])
      return scan(gates)
    },
  },
  facts: {
    summary: "GitHub's facts of a pull request as JSON, for --facts",
    async load() {
      const [{ factsCommand }, { gatherFacts }] = await Promise.all([
        import('./commands/facts.ts'),
        import('./jobs/gather-facts.ts'),
      ])
      return factsCommand(gatherFacts)
    },
  },
  policy: {
    summary: 'check, explain and describe the policy file',
    load: async () => (await import('./commands/policy.ts')).policy,
  },
  rules: {
    summary: 'the catalogue of rules, or one rule with its examples',
    async load() {
      const [{ rules }, { catalogue }] = await Promise.all([
        import('./commands/rules.ts'),
        import('./gates/index.ts'),
      ])
      return rules(catalogue())
    },
  },
  inspect: {
    summary: 'how a branch is protected, compared with the policy',
    async load() {
      const [{ inspectCommand }, { inspectBranch }] = await Promise.all([
        import('./commands/inspect.ts'),
        import('./jobs/inspect-branch.ts'),
      ])
      return inspectCommand(inspectBranch)
    },
  },
  doctor: {
    summary: 'say what is wrong with the installation',
    async load() {
      const [{ doctorCommand }, { doctorProbes }, { doctorReach }] = await Promise.all([
        import('./commands/doctor.ts'),
        import('./commands/doctor-probes.ts'),
        import('./doctor-reach.ts'),
      ])
      return doctorCommand(doctorProbes(doctorReach(process.env)))
    },
  },
  serve: {
    summary: 'run the App',
    load: async () =>
      (await import('./commands/serve.ts')).serve(async () => (await import('./main.ts')).start()),
  },
}

// Whoever reads the output may stop early, as `head` does: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  try {
    return await run(argv)
  } catch (error) {
    if (error instanceof UserError) {
      process.stderr.write(`portcullis: ${await concealed(error.message)}\n`)
      return 2
    }
    // A fault of our own says nothing about the change: 1 would, and that is what Node ends with.
    process.stderr.write(`${await concealed(inspect(error))}\n`)
    return 3
  }
}

/** A message quotes what was given, and a token is easily pasted in the wrong place. Loaded only now: this is the end. */
async function concealed(message: string): Promise<string> {
  const [{ concealerOf }, { gates }] = await Promise.all([
    import('./evaluate/conceal.ts'),
    import('./gates/index.ts'),
  ])
  return concealerOf(gates, null)(message)
}

async function run(argv: readonly string[]): Promise<number> {
  const { folder, rest } = folderOf(argv)
  const [name, ...args] = rest
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return print(usage())
  if (name === '--version' || name === 'version') return print(`${version}\n`)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) throw unknownCommand(name)
  const loaded = await command.load()
  if (args[0] === '--help' || args[0] === '-h') return print(loaded.help)
  return loaded.run(args, contextOf(folder))
}

/** `-C DIR` before the command, as with git, or among its flags. */
function folderOf(argv: readonly string[]): { folder: string; rest: readonly string[] } {
  const end = argv.indexOf('--')
  const at = (end === -1 ? argv : argv.slice(0, end)).indexOf('-C')
  if (at === -1) return { folder: process.cwd(), rest: argv }
  const folder = argv[at + 1]
  if (folder !== undefined) return { folder: resolve(folder), rest: argv.toSpliced(at, 2) }
  throw new UserError({
    code: 'arguments-invalid',
    message: '-C names no folder.',
    remediation: 'Write -C DIR.',
  })
}

function contextOf(cwd: string): CommandContext {
  const { env } = process
  return {
    cwd,
    version,
    today: today(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY,
    color: wantsColor(env),
    openRepository: async (folder) => {
      const [{ Git }, { openLocal }] = await Promise.all([import('./git/git.ts'), import('./git/local.ts')])
      return openLocal(folder, new Git({ path: env['PATH'] ?? '' }))
    },
    openGitHub: async () => (await import('./github-for-commands.ts')).openGitHub(env),
  }
}

/** UTC. */
function today(): string {
  return new Date().toISOString().slice(0, 10)
}

/** https://no-color.org and https://force-color.org: set and not empty; `FORCE_COLOR=0` is what many tools take for no. */
function wantsColor({ NO_COLOR: no = '', FORCE_COLOR: force = '' }: NodeJS.ProcessEnv): boolean {
  if (no !== '') return false
  return force === '' ? process.stdout.isTTY : force !== '0' && force !== 'false'
}

function usage(): string {
  const width = Math.max(...Object.keys(commands).map(({ length }) => length))
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}   ${summary}`)
  return `portcullis ${version}: the gate in front of a GitOps repository\n\nportcullis [-C DIR] COMMAND [...]\n\n${lines.join('\n')}\n\nportcullis COMMAND --help says more.\n`
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

function unknownCommand(name: string): UserError {
  const meant = nearest(name, Object.keys(commands))
  return new UserError({
    code: 'arguments-invalid',
    message: `${JSON.stringify(name)} is not a command.`,
    remediation: meant === null ? 'See portcullis --help.' : `Did you mean ${meant}?`,
  })
}
