/** The look of the setup page, in the light and the dark theme of the reader's system. */
export const setupStyle = `:root {
  color-scheme: light dark;
  --text: light-dark(#1f2328, #e6edf3);
  --quiet: light-dark(#59636e, #9da7b3);
  --ground: light-dark(#ffffff, #0d1117);
  --raised: light-dark(#f3f5f8, #161b22);
  --line: light-dark(#d1d9e0, #3d444d);
  --link: light-dark(#0550ae, #79b8ff);
}
body {
  margin: 0 auto;
  max-width: 52rem;
  padding: 2rem 1rem 4rem;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.6 system-ui, sans-serif;
}
h1, h2 { line-height: 1.25; }
h2 { margin-top: 2.5rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code, pre { font: 0.9em/1.5 ui-monospace, monospace; }
code { overflow-wrap: anywhere; }
pre { padding: 0.75rem 1rem; overflow-x: auto; background: var(--raised); border: 1px solid var(--line); }
table { width: 100%; border-collapse: collapse; }
caption { text-align: start; color: var(--quiet); }
th, td { padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
td:first-child code { white-space: nowrap; }
li { margin-block: 0.5rem; }
`
