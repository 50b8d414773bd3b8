import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

// [text, page without .md]; a page that is missing is left out, and one that is not named here follows under "More".
const SECTIONS = {
  'Start here': [
    ['What it is', 'about'],
    ['Getting started', 'getting-started'],
    ['How do I ...', 'recipes'],
    ['Gallery', 'gallery'],
    ['Examples', 'examples/index'],
    ['Demos', 'demos/index'],
    ['Command line', 'cli'],
    ['Coming from another library', 'migration'],
  ],
  Guides: [
    ['Write a file', 'guides/files'],
    ['Memory and streams', 'guides/memory-and-streams'],
    ['Live preview', 'guides/live'],
    ['Recording, variable frame rates', 'guides/variable-frame-rate'],
    ['Audio', 'guides/audio'],
    ['Color, HDR and alpha', 'guides/color'],
    ['Metadata', 'guides/metadata'],
    ['Filters', 'guides/filters'],
    ['Read frames', 'guides/reading-frames'],
    ['Transcode', 'guides/transcoding'],
    ['Copy packets', 'guides/packets'],
    ['GPU', 'guides/gpu'],
    ['Many files on many machines', 'scale'],
  ],
  Reference: [
    ['Input', 'input'],
    ['Containers and destinations', 'containers'],
    ['Encoders', 'encoders'],
    ['Encoder options', 'encoder-options'],
    ['Bit rate, key frames, latency, speed', 'rate'],
    ['Quality levels', 'quality'],
    ['Outputs and renditions', 'outputs'],
    ['HLS, DASH and live', 'delivery'],
    ['Reading', 'reading'],
    ['Time', 'time'],
    ['CUDA', 'cuda'],
    ['Repeatable files', 'repeatability'],
    ['Glossary', 'glossary'],
  ],
  Help: [
    ['Error messages', 'errors'],
    ['Troubleshooting', 'troubleshooting'],
    ['Changelog', 'CHANGELOG'],
  ],
  Measurements: [
    ['Performance', 'performance'],
    ['Reliability', 'reliability'],
    ['Features, with their tests', 'features'],
    ['Known problems', 'pains'],
    ["TorchCodec's cases", 'torchcodec-cases'],
  ],
  Inside: [
    ['Architecture', 'architecture'],
    ['Concurrency', 'concurrency'],
    ['Decisions', 'decisions/index'],
    ['Contributing', 'CONTRIBUTING'],
  ],
}

/** The sidebar of the pages that there are. */
export function sidebar(pages) {
  const item = ([text, page]) => ({ text, link: '/' + page.replace(/index$/, '') })
  const listed = new Set(Object.values(SECTIONS).flat().map(([, page]) => page))
  const others = readdirSync(pages)
    .filter((name) => name.endsWith('.md') && name !== 'index.md' && !listed.has(name.slice(0, -3)))
    .map((name) => [name.slice(0, -3), name.slice(0, -3)])
  return Object.entries({ ...SECTIONS, More: others })
    .map(([text, all]) => ({
      text,
      collapsed: ['Measurements', 'Inside', 'More'].includes(text),
      items: all.filter(([, page]) => existsSync(join(pages, page + '.md'))).map(item),
    }))
    .filter(({ items }) => items.length > 0)
}
