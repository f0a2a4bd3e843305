import { join, posix } from 'node:path'

interface Site {
  isThere(path: string): boolean
  /** Anchors of a page. */
  headings(page: string): readonly string[]
}

/** The relative links of a Markdown page that lead nowhere: a file or a heading is missing. Code has no links. */
export function brokenLinks(page: string, text: string, site: Site): string[] {
  return linksIn(text).filter((link) => !leadsSomewhere(page, link, site))
}

function linksIn(text: string): string[] {
  const prose = text.replaceAll(/^(`{3,}).*\n[\s\S]*?^\1.*$/gm, '').replaceAll(/(`+)[^`\n]+\1/g, '')
  const links = [...prose.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  return links.filter((link) => !/^[a-z][a-z+.-]*:/i.test(link))
}

function leadsSomewhere(page: string, link: string, site: Site): boolean {
  const [path = '', anchor] = link.split('#')
  // GitHub resolves it from the root of the repository, an editor from that of the disk.
  if (path.startsWith('/')) return false
  const target = path === '' ? page : join(posix.dirname(page), path)
  if (!site.isThere(target)) return false
  return anchor === undefined || site.headings(target).includes(anchor)
}
