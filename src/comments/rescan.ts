import type { CommandGrammar } from './command-grammar.ts'

/** `/rescan [--fresh]`: evaluate again; `--fresh` also looks again at blobs whose results are kept. */
export const rescan: CommandGrammar = {
  name: 'rescan',
  read(args) {
    if (args.length === 0) return { name: 'rescan', fresh: false }
    return args.length === 1 && args[0] === '--fresh' ? { name: 'rescan', fresh: true } : null
  },
}
