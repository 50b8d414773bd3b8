// Serves a folder and the players, opens each page in headless Chromium, and prints what it reports.
const http = require('http');
const fs = require('fs');
const path = require('path');
const {spawn} = require('child_process');

const [folder, work] = process.argv.slice(2);
const TYPES = {
  '.m3u8': 'application/vnd.apple.mpegurl', '.mpd': 'application/dash+xml', '.js': 'text/javascript',
  '.mp4': 'video/mp4', '.m4s': 'video/mp4', '.ts': 'video/mp2t'};

const REPORT = `
  const video = document.querySelector('video');
  let errors = [];
  const done = (why) => fetch('/done', {method: 'POST', body: JSON.stringify({
    why, errors, frames: video.getVideoPlaybackQuality().totalVideoFrames,
    dropped: video.getVideoPlaybackQuality().droppedVideoFrames, duration: video.duration,
    time: video.currentTime, range: window.range})});
  const note = () => { const b = video.buffered; if (b.length)
    window.range = [Math.min(b.start(0), window.range ? window.range[0] : 9e9), b.end(b.length - 1), b.length]; };
  video.onprogress = note; video.ontimeupdate = note;
  video.onended = () => { note(); done('ended'); };
  video.onerror = () => { errors.push(video.error.message); done('error'); };
  setTimeout(() => done('timeout'), 60000);`;

const HEAD = '<video muted autoplay></video>';
const PLAYERS = {
  'hls.js': ['main.m3u8', `<script src="/p/hls.js/dist/hls.js"></script><script>${REPORT}
    const hls = new Hls(); hls.on(Hls.Events.ERROR, (e, d) => errors.push(d.details));
    hls.loadSource('/f/MANIFEST'); hls.attachMedia(video); video.play();</script>`],
  'dash.js': ['manifest.mpd', `<script src="/p/dashjs/dist/modern/umd/dash.all.min.js"></script><script>${REPORT}
    const player = dashjs.MediaPlayer().create();
    player.on('error', (e) => errors.push(e.error.message));
    player.initialize(video, '/f/MANIFEST', true);</script>`],
  'shaka, HLS': ['main.m3u8', shaka()],
  'shaka, DASH': ['manifest.mpd', shaka()],
  'Chromium': ['main.m3u8', `<script>${REPORT} video.src = '/f/MANIFEST'; video.play();</script>`]};

function shaka() {
  return `<script src="/p/shaka-player/dist/shaka-player.compiled.js"></script><script>${REPORT}
    shaka.polyfill.installAll(); const player = new shaka.Player();
    player.addEventListener('error', (e) => errors.push('' + e.detail.code));
    player.attach(video).then(() => player.load('/f/MANIFEST')).then(() => video.play())
      .catch((e) => { errors.push('' + (e.code || e)); done('error'); });</script>`;
}

function play(name) {
  const [manifest, script] = PLAYERS[name];
  return new Promise((resolve) => {
    const server = http.createServer((request, response) => {
      const url = decodeURIComponent(request.url.split('?')[0]);
      if (url === '/done') {
        let body = '';
        request.on('data', (d) => body += d).on('end', () => { response.end(); finish(body); });
      } else if (url === '/') {
        response.setHeader('Content-Type', 'text/html');
        response.end(HEAD + script.replaceAll('MANIFEST', manifest));
      } else {
        const file = url.startsWith('/f/') ? path.join(folder, url.slice(3)) : path.join(work, url.slice(3));
        response.setHeader('Content-Type', TYPES[path.extname(file)] || 'application/octet-stream');
        fs.createReadStream(file).on('error', () => { response.statusCode = 404; response.end(); }).pipe(response);
      }
    }).listen(0, '127.0.0.1', () => {
      const profile = fs.mkdtempSync(path.join(work, 'profile'));
      const browser = spawn('chromium', ['--headless', '--no-sandbox', '--disable-gpu',
        '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking',
        '--autoplay-policy=no-user-gesture-required', '--remote-debugging-port=0',
        '--user-data-dir=' + profile, `http://127.0.0.1:${server.address().port}/`], {stdio: 'ignore'});
      server.finish = (body) => {
        browser.on('exit', () => resolve(JSON.parse(body)));
        browser.kill();
        server.close();
        server.closeAllConnections();
      };
    });
    const finish = (body) => server.finish(body);
  });
}

(async () => {
  console.log('| player | end | frames | dropped | errors | buffered | duration |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const name of Object.keys(PLAYERS)) {
    if (!fs.existsSync(path.join(folder, PLAYERS[name][0]))) continue;
    const r = await play(name);
    const range = r.range ? `${r.range[0].toFixed(3)}-${r.range[1].toFixed(3)}` : '-';
    console.log(`| ${name} | ${r.why} | ${r.frames} | ${r.dropped} | ${r.errors.join(' ') || 'none'} | ${range} | ${r.duration.toFixed(3)} |`);
  }
})();
