import { crc32Base62 } from '../src/gates/secrets/evidence/checksum.ts'
import { Redacted } from '../src/std/redacted.ts'
import { fakeTokens } from '../src/testing/fake-token.ts'
import type { Act } from './act.ts'
import { closing } from './closing.ts'
import { Laptop } from './laptop.ts'
import { perform } from './perform.ts'
import type { Scene } from './perform.ts'
import { seconds } from './print.ts'
import { pushBadChange, pushRepairedChange } from './pushes.ts'
import { sameVerdict } from './same-verdict.ts'
import { annotatedFiles, checkRunPage, headOf, reasons } from './show-check-run.ts'
import { protectionOf } from './show-protection.ts'
import { openWorld, setStage } from './stage.ts'
import { tryToMerge } from './try-to-merge.ts'

const emoji: Readonly<Record<string, string>> = { eyes: '👀', rocket: '🚀', confused: '😕' }

if (import.meta.main) process.exitCode = await perform(story)

/** The main job of Portcullis: a bad pull request is stopped, repaired, approved by the right person, and merged. */
async function story(scene: Scene): Promise<void> {
  const token = fakeTokens(`demo ${process.pid}`).sealed('ghp_', 30, crc32Base62)
  scene.print.say(scene.print.paint('bold', 'Portcullis: the gate in front of a GitOps repository'))
  scene.print.say(
    'Argo CD deploys whatever is on the main branch of acme/deploy, so whoever merges there owns the cluster. Portcullis judges every pull request, and GitHub refuses the merge until its check passes. Below, the real App runs beside a GitHub that is simulated on this machine: no account, no network.',
  )
  const act = await theGate(scene)
  await aBadPullRequest(act, token)
  await refused(act)
  await onALaptop(act)
  await repaired(act)
  await askedAgain(act)
  await ownApproval(act)
  await approved(act)
  await end(act, token)
}

async function theGate(scene: Scene): Promise<Act> {
  const { print, interrupted } = scene
  print.step('The App starts, and is installed on acme/deploy')
  const started = performance.now()
  const world = await openWorld(interrupted)
  scene.own(
    () => world.close(),
    () => world.app.output,
  )
  const stage = await setStage(world, interrupted)
  print.say(
    `It listens on ${world.app.origin}, with its embedded database, after ${seconds(performance.now() - started)}.`,
  )
  const { repository, ana } = stage.cast
  const { simulator } = stage
  const laptop = new Laptop({
    origin: simulator.origin,
    fullName: 'acme/deploy',
    token: simulator.people.createToken(ana),
  })
  scene.own(() => laptop.remove())
  await laptop.clone()
  print.say(`GitHub protects main: ${protectionOf(repository)}.`)
  print.say('The policy is a file of the repository, and only the one on main counts:')
  print.panel(laptop.read('.github/portcullis.yml').trimEnd().split('\n'))
  return { ...scene, stage, laptop, started }
}

async function aBadPullRequest(act: Act, token: string): Promise<void> {
  const { print, stage } = act
  print.step('ana opens a pull request')
  const { run, ms } = await stage.judgementAfter(() => pushBadChange(act, token))
  const { pull } = stage
  const diff = await stage.git(['diff', `${pull.baseSha}...${pull.headSha}`])
  print.say(`#${pull.number} "${pull.title}" by ${pull.author.login}, from the branch ${pull.head.branch}:`)
  print.panel(
    (await stage.git(['log', '--reverse', '--format=%h %an  %s', `main..${pull.headSha}`])).split('\n'),
  )
  const where = diff.includes(token)
    ? 'is in the diff'
    : 'is not in the diff any more: the next commit takes it out again'
  print.say(`The first commit holds a GitHub token, ${new Redacted(token).preview}. It ${where}.`)
  print.step(`The check of #${pull.number}, ${seconds(ms)} later, as GitHub shows it`)
  print.panel(checkRunPage(run, print))
  print.say('The lines of the diff that it points at:')
  print.panel(await annotatedFiles(stage, run, print))
}

async function refused({ print, stage }: Act): Promise<void> {
  print.step('ana tries to merge')
  print.say(await tryToMerge(stage))
}

async function onALaptop({ print, stage, laptop }: Act): Promise<void> {
  print.step('The same verdict on a laptop, without a server or an account')
  const { exitCode, stdout, json } = await laptop.check(print.hasColor)
  print.command('portcullis check', stdout)
  const { outcome, blocking } = sameVerdict(json, stage.newestRun)
  print.say(`Exit code ${exitCode}: ${outcome}. The App found the same ${blocking}, at the same places.`)
}

async function repaired(act: Act): Promise<void> {
  const { print, stage, laptop } = act
  print.step('The change is repaired')
  const { run, ms } = await stage.judgementAfter(() => pushRepairedChange(act))
  print.say(
    'ana makes the branch anew without the token, and force-pushes (the token itself has to be revoked). kim of @acme/platform names the one namespace that the project needs:',
  )
  print.panel(
    (await stage.git(['log', '--reverse', '--format=%h %an  %s', `main..${stage.pull.headSha}`])).split('\n'),
  )
  print.say(`${seconds(ms)} after the push:`)
  print.panel(checkRunPage(run, print, stage.judgements[0]?.run))
  print.say(await tryToMerge(stage))
  const { exitCode, json } = await laptop.check(false, ['--facts', await laptop.facts(stage.pull.number)])
  const { outcome } = sameVerdict(json, run)
  print.say(
    `portcullis check --facts, on the laptop with what GitHub knows of #${stage.pull.number}: ${outcome}, exit code ${exitCode}.`,
  )
}

async function askedAgain({ print, stage }: Act): Promise<void> {
  const { simulator, cast } = stage
  print.step('ana asks for another look, with a comment')
  const before = stage.newestRun?.externalId
  const { run, ms } = await stage.judgementAfter(() =>
    simulator.comments.add(cast.repository, stage.pull, '/rescan', cast.ana),
  )
  const comment = () =>
    simulator.comments.of(cast.repository, stage.pull).find(({ body }) => body === '/rescan')
  await stage.until(
    'the reaction to /rescan',
    () => comment()?.reactions.some(({ content }) => content === 'rocket') === true,
  )
  const reactions =
    comment()?.reactions.map(
      ({ content, author }) => `${emoji[content] ?? content} ${content} by ${author.login}`,
    ) ?? []
  print.say(
    `/rescan: ${reactions.join(', ')}. Everything was read again in ${seconds(ms)}: evaluation ${before} became ${run.externalId}.`,
  )
  print.panel(headOf(run, print))
}

async function ownApproval({ print, stage }: Act): Promise<void> {
  const { simulator, cast } = stage
  print.step('kim approves, who wrote a part of it')
  const { run, ms } = await stage.judgementAfter(() =>
    simulator.pullRequests.approve(cast.repository, stage.pull, cast.kim),
  )
  print.say(
    `GitHub shows an approval; Portcullis counts none of somebody who took part. ${seconds(ms)} later:`,
  )
  print.panel([...headOf(run, print), ...reasons(run, print)])
  print.say(await tryToMerge(stage))
}

async function approved({ print, stage }: Act): Promise<void> {
  const { simulator, cast } = stage
  print.step('olga of @acme/platform approves')
  const { run, ms } = await stage.judgementAfter(() =>
    simulator.pullRequests.approve(cast.repository, stage.pull, cast.olga),
  )
  print.say(`${seconds(ms)} later:`)
  print.panel(checkRunPage(run, print, stage.judgements[0]?.run))
  print.say(await tryToMerge(stage))
}

async function end({ print, stage, started }: Act, token: string): Promise<void> {
  await stage.simulator.deliveries.settled()
  print.step('What happened')
  const totalMs = performance.now() - started
  const { lines, problem } = closing(stage, { token, printed: print.printed(), totalMs })
  print.bullets(lines)
  if (problem !== null) throw new Error(problem)
  print.step('Where to go on')
  print.bullets([
    'docs/install.md: guard your own repository, in three steps.',
    'npx portcullis check: judge the branch that you are on; npx portcullis rules: what is looked for.',
    'README.md: what else there is.',
  ])
}
