// Starts the example LiveToBrowser, opens its page in two windows of headless Chromium, the second one
// late, and prints what each saw. Arguments: the repository, a work folder, a folder for screenshots.
const fs = require('fs');
const http = require('http');
const path = require('path');
const {spawn} = require('child_process');

const [repository, work, screenshots] = process.argv.slice(2);
const PORT = 18080, DEBUG = 18081;
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function get(port, name) {
  return new Promise((resolve, reject) => {
    http.get({host: 'localhost', port, path: name}, (response) => {
      let body = '';
      response.on('data', (part) => body += part).on('end', () => resolve(body));
    }).on('error', reject);
  });
}

async function until(port, name) {
  for (let tries = 0; tries < 3000; tries++) {
    try { return await get(port, name); } catch { await sleep(100); }
  }
  throw new Error('nothing answers at port ' + port);
}

// The page does not know that it is observed.
const OBSERVER = `
  window.seen = {stalls: 0, waiting: []};
  document.addEventListener('DOMContentLoaded', () => {
    const video = document.querySelector('video');
    video.requestVideoFrameCallback(() => seen.first = performance.now());
    video.addEventListener('waiting', () => { if (seen.first) seen.stalls++; });
    video.addEventListener('error', () => seen.error = video.error.message);
  });`;

const STATE = `(() => { const video = document.querySelector('video'), b = video.buffered; return {
    ...seen, time: video.currentTime, frames: video.getVideoPlaybackQuality().totalVideoFrames,
    behind: b.length ? b.end(b.length - 1) - video.currentTime : -1, ranges: b.length,
    start: b.length ? b.start(0) : -1, paused: video.paused }; })()`;

/** A page, by the protocol of Chromium's developer tools. */
class Tab {
  static async connect(url) {
    const tab = new Tab();
    tab.socket = new WebSocket(url);
    tab.answers = new Map();
    tab.socket.onmessage = (message) => {
      const {id, result} = JSON.parse(message.data);
      if (id) tab.answers.get(id)(result);
    };
    await new Promise((open) => tab.socket.onopen = open);
    return tab;
  }

  /** Opens a page in a window of its own: videos of tabs in the background do not play. */
  static async open(url) {
    const browser = await Tab.connect(JSON.parse(await get(DEBUG, '/json/version')).webSocketDebuggerUrl);
    const {targetId} = await browser.call('Target.createTarget', {url: 'about:blank', newWindow: true});
    const tab = await Tab.connect(`ws://localhost:${DEBUG}/devtools/page/${targetId}`);
    await tab.call('Page.enable');
    await tab.call('Page.addScriptToEvaluateOnNewDocument', {source: OBSERVER});
    await tab.call('Page.navigate', {url});
    return tab;
  }

  call(method, params = {}) {
    const id = this.answers.size + 1;
    return new Promise((answer) => {
      this.answers.set(id, answer);
      this.socket.send(JSON.stringify({id, method, params}));
    });
  }

  async evaluate(expression) {
    const answer = await this.call('Runtime.evaluate', {expression, returnByValue: true});
    if (answer.exceptionDetails) throw new Error(JSON.stringify(answer.exceptionDetails));
    return answer.result.value;
  }

  async screenshot(name) {
    const {data} = await this.call('Page.captureScreenshot');
    fs.writeFileSync(path.join(screenshots, name), Buffer.from(data, 'base64'));
  }
}

function print(name, state) {
  console.log(`${name}: first frame ${(state.first / 1000).toFixed(2)} s, frames ${state.frames}, `
    + `stalls ${state.stalls}, ${state.behind.toFixed(2)} s behind the last fragment, at ${state.time.toFixed(2)} s`
    + (state.error ? ', error ' + state.error : ''));
}

async function watch() {
  await until(DEBUG, '/json/version');
  await sleep(3000);
  const url = `http://localhost:${PORT}/`;
  const early = await Tab.open(url);
  await sleep(4500);
  const late = await Tab.open(url);
  await sleep(5500);
  print('early, after 10 s', await early.evaluate(STATE));
  await sleep(4500);
  print('late, after 10 s', await late.evaluate(STATE));
  await Promise.all([early.screenshot('viewer-early.png'), late.screenshot('viewer-late.png')]);
  await early.evaluate('document.querySelector("video").currentTime -= 5');
  await sleep(3000);
  print('early, 3 s after seeking back 5 s', await early.evaluate(STATE));
  print('late, meanwhile', await late.evaluate(STATE));
  await early.screenshot('viewer-early-back.png');
  await early.evaluate('{ const v = document.querySelector("video"); v.currentTime = v.buffered.end(0) - 0.4; 0 }');
  await sleep(3000);
  print('early, 3 s after returning to live', await early.evaluate(STATE));
}

(async () => {
  // in a group of its own, with which the JVM that Maven starts ends too
  const program = process.env.LIVE_TO_BROWSER
    ? spawn('/bin/sh', ['-c', `exec ${process.env.LIVE_TO_BROWSER} 45 ${PORT}`], {stdio: 'ignore', detached: true})
    : spawn('./mvnw', ['-q', 'package', '-DskipTests', '-pl', 'examples', '-am', '-Dexample=LiveToBrowser',
      `-Dargs=45 ${PORT}`], {cwd: repository, stdio: 'inherit', detached: true});
  await until(PORT, '/');
  const browser = spawn('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
    '--no-first-run', '--disable-background-networking', '--autoplay-policy=no-user-gesture-required',
    '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows', '--window-size=800,500',
    '--remote-debugging-port=' + DEBUG, '--user-data-dir=' + path.join(work, 'profile')], {stdio: 'ignore'});
  try {
    await watch();
  } finally {
    const closed = new Promise((done) => browser.on('exit', done));
    browser.kill();
    process.kill(-program.pid);
    await closed;
  }
  process.exit(0);
})();
