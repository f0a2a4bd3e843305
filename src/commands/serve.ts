import type { Command } from './command.ts'

const help = `portcullis serve

Runs the App: the webhook intake, the queue and its jobs. Settings come from the environment; docs/install.md lists
them. Without credentials it shows the page that sets it up. Ends on SIGTERM after the jobs that are running.
`

/** `portcullis serve`: what `npm start` runs. */
export function serve(start: () => Promise<void>): Command {
  return {
    name: 'serve',
    summary: 'run the App',
    help,
    async run(args, context) {
      if (args.includes('--help') || args.includes('-h')) context.out(help)
      else await start()
      return 0
    },
  }
}
