// JavaScript, because the Node that this refuses cannot read TypeScript.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(
    `Portcullis needs Node 24.15 or newer, and this is ${process.version}. The right one comes with npm ci, ` +
      'unless that ran with --ignore-scripts: run npm ci again without it.\n',
  )
  process.exitCode = 1
}
