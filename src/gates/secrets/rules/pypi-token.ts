import { base64url } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

export const pypiToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/pypi-token',
  title: 'PyPI upload token',
  severity: 'critical',
  provider: 'PyPI',
  rationale: `
    It uploads new versions of the project, or of all projects of its owner, and whoever installs one of them runs what
    it holds.`,
  remediation:
    'Remove the token under Account settings, API tokens, check what was uploaded since, and upload from a workflow with trusted publishing.',
  references: ['https://pypi.org/help/#apitoken', 'https://docs.pypi.org/trusted-publishers/'],
  // The macaroon begins with its version and the name of its site, pypi.org or test.pypi.org, in base64.
  keywords: ['pypi-ageichlwas5vcmc', 'pypi-agendgvzdc5wexbplm9yz'],
  pattern: 'pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZ)[A-Za-z0-9_-]{50,1000}',
  judge: ({ value }) =>
    value.startsWith('pypi-AgEN')
      ? { confidence: 'limited', note: 'it is for the test site' }
      : { confidence: 'likely' },
  examples: {
    fail: (fake) => [`TWINE_PASSWORD=${fake.token('pypi-AgEIcHlwaS5vcmc', 120, base64url)}`],
    pass: () => ['TWINE_PASSWORD=pypi-AgEIcHlwaS5vcmc...', 'TWINE_PASSWORD=${PYPI_TOKEN}'],
  },
}
