import { html } from 'hono/html'

import type { Manifest } from './read-manifest.ts'

/** What the page says of this server. */
export interface Setup {
  /** `https://github.com`, or the address of a GitHub Enterprise Server. */
  readonly githubUrl: string
  /** Where GitHub reaches this server; null where PUBLIC_URL is not set. */
  readonly publicUrl: string | null
  readonly webhookPath: string
}

type Html = ReturnType<typeof html>

/** The setup page. What is put into it is escaped by the template. */
export async function setupText(setup: Setup, manifest: Manifest): Promise<string> {
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Set up ${manifest.name}</title>
        <link rel="stylesheet" href="/setup.css" />
      </head>
      <body>
        <main>
          <h1>Set up ${manifest.name}</h1>
          <p>
            ${manifest.name} is a GitHub App that guards the repositories that clusters are deployed from. It
            judges every pull request and push, and posts a check that blocks a merge which breaks the policy.
          </p>
          <p>
            <strong>This server runs, but it has no credentials yet.</strong> Four steps, about five minutes:
          </p>
          ${create(setup, manifest)} ${secrets()} ${settings(setup)} ${install()} ${permissions(manifest)}
          ${events(manifest)}
        </main>
      </body>
    </html> `
  return String(page)
}

function create(setup: Setup, manifest: Manifest): Html {
  const { githubUrl, publicUrl } = setup
  const filled = query(setup, manifest)
  return html`<h2>1. Create the App</h2>
    ${publicUrl === null ? noPublicUrl() : ''}
    <p>
      <a href="${githubUrl}/settings/apps/new?${filled}" rel="noreferrer">Create it in your own account</a>,
      or open this address with the name of your organisation in place of <code>ORGANISATION</code>:
    </p>
    <pre tabindex="0"><code>${githubUrl}/organizations/ORGANISATION/settings/apps/new?${filled}</code></pre>
    <p>
      Name, webhook, permissions and events are filled in as in <code>app.yml</code>; the tables below say
      what each is for. The webhook's address must be <code>${webhookUrl(setup)}</code>.
    </p>`
}

function noPublicUrl(): Html {
  return html`<p>
    First set <code>PUBLIC_URL</code> to the address at which GitHub reaches this server, and start it again:
    then the links below have the right address for the webhook.
  </p>`
}

function secrets(): Html {
  return html`<h2>2. Make its secrets</h2>
    <ol>
      <li>
        On the same form, enter a webhook secret of at least 16 characters, made for instance by
        <code>openssl rand -hex 32</code>. Keep it: GitHub does not show it again.
      </li>
      <li>Press <em>Create GitHub App</em>, and note the <em>App ID</em>.</li>
      <li>Press <em>Generate a private key</em>; your browser saves a <code>.pem</code> file.</li>
    </ol>`
}

function settings({ publicUrl }: Setup): Html {
  const lines = [
    'APP_ID=123456',
    'PRIVATE_KEY_PATH=/run/secrets/portcullis.pem',
    'WEBHOOK_SECRET_FILE=/run/secrets/portcullis-webhook',
    `PUBLIC_URL=${publicUrl ?? placeholder}`,
  ]
  return html`<h2>3. Give them to this server, and start it again</h2>
    <p>
      Set these in its environment, with your own values; nobody else should be able to read the two files.
    </p>
    <pre tabindex="0"><code>${lines.join('\n')}</code></pre>
    <p>
      <code>PRIVATE_KEY</code> and <code>WEBHOOK_SECRET</code> take the values themselves. A setting that is
      missing or wrong stops the start with a sentence that says which.
    </p>`
}

function install(): Html {
  return html`<h2>4. Install it</h2>
    <p>
      On the App's page at GitHub, choose <em>Install App</em> and the repositories that clusters are deployed
      from. Then require its check, <code>portcullis</code>, in the rules of their branches.
      <code>/readyz</code> says whether anything is missing.
    </p>`
}

function permissions(manifest: Manifest): Html {
  const rows = manifest.permissions.map(
    ({ name, access, reason }) =>
      html`<tr>
        <th scope="row"><code>${name}</code></th>
        <td>${access}</td>
        <td>${reason}</td>
      </tr> `,
  )
  return html`<h2>What it may do</h2>
    ${table('Permissions: the least that does what the reason says', ['Permission', 'Access', 'Reason'], rows)}`
}

function events(manifest: Manifest): Html {
  const rows = manifest.events.map(
    ({ name, reason }) =>
      html`<tr>
        <th scope="row"><code>${name}</code></th>
        <td>${reason}</td>
      </tr> `,
  )
  return html`<h2>What it is told</h2>
    ${table('Events that GitHub sends', ['Event', 'Reason'], rows)}`
}

function table(caption: string, columns: readonly string[], rows: readonly Html[]): Html {
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col">${column}</th> `)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}

/** https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-using-url-parameters */
function query(setup: Setup, manifest: Manifest): string {
  const values = new URLSearchParams({
    name: manifest.name,
    description: manifest.description,
    url: setup.publicUrl ?? placeholder,
    webhook_active: 'true',
    webhook_url: webhookUrl(setup),
    public: 'false',
  })
  for (const { name, access } of manifest.permissions) values.set(name, access)
  for (const { name } of manifest.events) values.append('events[]', name)
  return values.toString()
}

function webhookUrl({ publicUrl, webhookPath }: Setup): string {
  return `${(publicUrl ?? placeholder).replace(/\/$/, '')}${webhookPath}`
}

const placeholder = 'https://portcullis.example'
