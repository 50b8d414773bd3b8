import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { sidebar } from './sidebar.mjs'

// What io.reelmux.site.StagePages has made of docs/.
const pages = fileURLToPath(new URL('../target/pages', import.meta.url))
const base = process.env.REELMUX_SITE_BASE ?? '/'

/** GitHub's anchors, so that links work here and there; io.reelmux.site.MarkdownPage has the same rule. */
export function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-')
}

export default defineConfig({
  title: 'Reelmux',
  description: 'Video and audio encoding and reading for the JVM',
  lang: 'en-US',
  base,
  srcDir: 'target/pages',
  srcExclude: ['public/**'],
  outDir: 'target/html',
  cacheDir: 'target/vitepress-cache',
  metaChunk: true,
  // the folder of Javadoc is checked by BuiltSiteTest instead
  ignoreDeadLinks: [/^\/javadoc\//],
  head: [['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }]],
  markdown: {
    anchor: { slugify: anchor },
    config(md) {
      const fence = md.renderer.rules.fence
      md.renderer.rules.fence = (...args) => {
        const [tokens, index] = args
        const { info, content } = tokens[index]
        return info.trim() === 'mermaid'
          ? `<Diagram source="${md.utils.escapeHtml(encodeURIComponent(content))}" />`
          : fence(...args)
      }
      // wide tables scroll by themselves, so that the page does not
      md.renderer.rules.table_open = () => '<div class="table" tabindex="0"><table>\n'
      md.renderer.rules.table_close = () => '</table></div>\n'
    },
  },
  themeConfig: {
    nav: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'How do I ...', link: '/recipes' },
      { text: 'Performance', link: '/performance' },
      { text: 'API', link: '/javadoc/index.html', target: '_self' },
    ],
    sidebar: sidebar(pages),
    outline: [2, 3],
    search: { provider: 'local' },
    docFooter: { prev: 'Previous', next: 'Next' },
    footer: { message: 'Apache License 2.0' },
  },
})
