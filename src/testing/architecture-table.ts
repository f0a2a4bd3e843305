import type { Architecture } from './architecture.ts'

/** Who may import whom, top of the flow first. This table is the architecture; docs/architecture.md prints it. */
const allowed = {
  webhooks: ['jobs', 'ports', 'model', 'std'],
  comments: ['jobs', 'ports', 'model', 'std'],
  pages: ['report', 'ports', 'model', 'std'],
  commands: ['jobs', 'estate', 'evaluate', 'inspect', 'report', 'policy', 'ports', 'model', 'std'],
  jobs: ['estate', 'evaluate', 'inspect', 'report', 'policy', 'ports', 'model', 'std'],
  evaluate: ['estate', 'gates', 'policy', 'model', 'std'],
  gates: ['estate', 'readers', 'policy', 'model', 'std'],
  inspect: ['policy', 'model', 'std'],
  estate: ['readers', 'policy', 'model', 'std'],
  policy: ['readers', 'model', 'std'],
  report: ['model', 'std'],
  github: ['ports', 'model', 'std'],
  git: ['ports', 'model', 'std'],
  render: ['ports', 'model', 'std'],
  database: ['ports', 'model', 'std'],
  'audit-log': ['ports', 'model', 'std'],
  ports: ['model', 'std'],
  readers: ['model', 'std'],
  model: ['std'],
  std: [],
}

/** Packages and built-in modules that only some folders may import. */
const owners = {
  probot: ['github'],
  '@octokit/*': ['github'],
  pg: ['database'],
  kysely: ['database'],
  '@electric-sql/pglite': ['database'],
  child_process: ['git'],
  worker_threads: ['render', 'std'],
  // createRequire hides what is imported; the wiring turns the compile cache on.
  module: [''],
  '@bjorn3/browser_wasi_shim': ['render'],
}

/** The rules that src/architecture.test.ts holds every file to. */
export const architecture: Architecture = {
  allowed,
  owners,
  banned: {
    yaml: 'js-yaml reads YAML here, with positions from its events (readers/)',
    wasi: 'Node documents it as no sandbox; the renderer runs over a shim in memory',
  },
  /** What decides, and what it reads with. */
  pure: ['model', 'policy', 'gates', 'evaluate', 'estate', 'inspect', 'report', 'readers'],
  /** The gate that finds secrets, and the adapters that log in with one. */
  exposing: ['gates/secrets', 'github', 'git', 'database'],
}
