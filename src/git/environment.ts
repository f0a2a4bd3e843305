import type { Redacted } from '../std/redacted.ts'

/** A remote that git may talk to, and what it logs in with. */
export interface Remote {
  /** `http(s)://HOST/OWNER/NAME.git`, without a name or a password. */
  readonly url: string
  readonly token: Redacted
}

/** Of the server's own environment, what git may see of it to reach the network. */
export type Network = Readonly<
  Partial<
    Record<
      'HTTPS_PROXY' | 'HTTP_PROXY' | 'NO_PROXY' | 'SSL_CERT_FILE' | 'SSL_CERT_DIR' | 'GIT_SSL_CAINFO',
      string
    >
  >
>

/**
 * What stands before every command. The configuration of a repository can name programs for git to run, and even
 * plumbing runs some of them (diff-tree asks core.fsmonitor), so each is overridden here; nothing of the machine or of
 * the user is read (see {@link environmentOf}).
 */
export const safePrefix: readonly string[] = [
  '--no-pager',
  // Replaced objects and a commit-graph could show a history other than the one that is signed.
  '--no-replace-objects',
  ...settings({
    'core.commitGraph': 'false',
    'core.fsmonitor': 'false',
    'core.hooksPath': '/dev/null',
    'core.attributesFile': '/dev/null',
    'core.askPass': '',
    'credential.helper': '',
    'diff.external': '',
    'protocol.allow': 'never',
    'safe.bareRepository': 'explicit',
    // Containers of CI systems check out as another user. What the owner could gain by it is what this prefix stops.
    'safe.directory': '*',
    'submodule.recurse': 'false',
  }),
]

/** The whole environment of a command: the server's own has tokens in it, and variables that change what git does. */
export function environmentOf(path: string): Record<string, string> {
  return {
    PATH: path,
    LC_ALL: 'C',
    HOME: '/nonexistent',
    XDG_CONFIG_HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    // Unlike protocol.allow, it cannot be overridden by protocol.NAME.allow of the repository.
    GIT_ALLOW_PROTOCOL: 'none',
    // Grafts are another way to show another history.
    GIT_GRAFT_FILE: '/dev/null',
    // diff-tree reads the index, which it does not need: 10 MB in a repository of 100,000 files.
    GIT_INDEX_FILE: '/nonexistent/index',
  }
}

/**
 * What a command that talks to a remote gets on top. The token travels in the environment, which only our own user can
 * read, and only to that very URL; `GIT_TRACE2_EVENT=3` makes git report on descriptor 3 how the exchange ended.
 */
export function remoteEnvironment({ url, token }: Remote, network: Network): Record<string, string> {
  const credentials = Buffer.from(`x-access-token:${token.expose()}`).toString('base64')
  return {
    ...network,
    GIT_ALLOW_PROTOCOL: new URL(url).protocol.slice(0, -1),
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${url}.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${credentials}`,
    GIT_TRACE2_EVENT: '3',
  }
}

/** Settings of a command that talks to a remote. */
export function remoteSettings(url: string): string[] {
  return settings({
    [`protocol.${new URL(url).protocol.slice(0, -1)}.allow`]: 'always',
    'protocol.version': '2',
    // A redirect could lead the server into a network that only it can reach.
    'http.followRedirects': 'false',
    // Below 1 byte a second for a minute; GitHub keeps alive what it still works on.
    'http.lowSpeedLimit': '1',
    'http.lowSpeedTime': '60',
  })
}

export function settings(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
