// Tests the browser it runs in, for the check before a meeting. Loads nothing from elsewhere and changes nothing.
// briefingCheckup(root, options) → a promise of results {code, status, params}; their words are in geo/briefing/checkup/messages.py.
//   root     an element that says what is going on while tests run
//   options  words {testing}, fonts {latin: [...], chinese: [...]} families wanted, files: addresses the show loads, server: an address that answers
//            at once, textShare: height of the sentences' type in heights of the canvas
(function () {
  "use strict";

  const RATIOS = { "16:9": 16 / 9, "21:9": 21 / 9, "32:9": 32 / 9, "4:3": 4 / 3 };
  const NEAR = 0.05; // a screen within 5 % of a ratio is filled but for a hairline
  // Type is read to where its capitals, 0.7 of its height, subtend 16 minutes of arc (ISO 9241-303, the least that is comfortable).
  const READABLE = 0.7 / Math.tan((16 / 60) * (Math.PI / 180));
  const FAR = 3.5; // screen heights: the back of a meeting room; ten metres before a wall of almost three
  const QUICK = 250, PATIENT = 5000; // milliseconds: an answer that is not felt as waiting; when to give up
  const SMOOTH = 45, JERKY = 20; // pictures a second
  const CLOCK = 60; // seconds
  const SAMPLE = "Haizhu Wgij 0123456789";

  const result = (code, status, params) => ({ code, status, params: params || {} });
  const median = (numbers) => numbers.slice().sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  const fetchInTime = (address, settings) => fetch(address, { ...settings, signal: AbortSignal.timeout(PATIENT) });

  // ---- fonts ----

  function pen() {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 48;
    return canvas.getContext("2d", { willReadFrequently: true });
  }

  // A family is there if it changes the width that both of two fallbacks give a text.
  function present(family) {
    const ink = pen();
    const width = (font) => { ink.font = `32px ${font}`; return ink.measureText(SAMPLE).width; };
    return ["monospace", "serif"].some((fallback) => width(`${JSON.stringify(family)}, ${fallback}`) !== width(fallback));
  }

  function drawn(character, families) {
    const ink = pen();
    ink.font = `32px ${[...families.map((family) => JSON.stringify(family)), "sans-serif"].join(", ")}`;
    ink.fillText(character, 4, 38);
    return ink.getImageData(0, 0, 48, 48).data.join();
  }

  // Browsers draw one box for every character they have no font for: two such characters look the same, and like one that no font has.
  function chineseFont(fonts) {
    const pictures = ["琶", "洲", "\uF8F0"].map((character) => drawn(character, fonts.chinese));
    return result("font_chinese", new Set(pictures).size === 3 ? "good" : "bad");
  }

  async function latinFont(fonts) {
    await document.fonts.ready;
    return result("font_latin", fonts.latin.some(present) ? "good" : "warning");
  }

  // ---- screen ----

  function nearest(ratio) {
    const off = (name) => Math.abs(Math.log(RATIOS[name] / ratio));
    return Object.keys(RATIOS).reduce((best, name) => (off(name) < off(best) ? name : best));
  }

  function screenShape() {
    const { width, height } = window.screen, name = nearest(width / height);
    const near = Math.abs(width / height / RATIOS[name] - 1) <= NEAR;
    return result("screen", near ? "good" : "warning", { width: String(width), height: String(height), factor: window.devicePixelRatio, ratio: name });
  }

  function textSize(share) {
    const ratio = window.screen.width / window.screen.height;
    const part = share * Math.min(1, ratio / RATIOS[nearest(ratio)]); // a canvas wider than the screen is made smaller
    const heights = part * READABLE;
    return result("text_size", heights >= FAR ? "good" : "warning", { percent: part * 100, heights });
  }

  // ---- network ----

  function offline() {
    const addresses = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => /^(https?|wss?):/.test(name));
    const foreign = addresses.filter((name) => new URL(name).host !== window.location.host);
    const host = foreign.length ? new URL(foreign[0]).host : "";
    return result("offline", foreign.length ? "bad" : "good", { count: foreign.length || addresses.length, host });
  }

  const fetched = (address) => fetchInTime(address).then((answer) => answer.ok).catch(() => false);
  const kept = (address) => fetch(address, { cache: "only-if-cached", mode: "same-origin" }).then((answer) => answer.ok).catch(() => false);

  async function files(addresses) {
    if (!addresses.length) return result("files", "not tested");
    const count = (flags) => flags.filter(Boolean).length, all = addresses.length;
    const here = count(await Promise.all(addresses.map(fetched)));
    if (here < all) return result("files", "bad", { count: all - here, all });
    const stay = count(await Promise.all(addresses.map(kept)));
    return result("files", stay === all ? "good" : "warning", { count: all, all });
  }

  // Three times, one after the other; the clock of the server comes along.
  async function server(address) {
    const times = [];
    let answer;
    try {
      for (let i = 0; i < 3; i += 1) {
        const start = performance.now();
        answer = await fetchInTime(address, { cache: "no-store" });
        times.push(performance.now() - start);
      }
    } catch (error) {
      answer = null;
    }
    if (!answer || !answer.ok) return [result("server", "bad"), result("clock", "not tested")];
    const milliseconds = Math.round(median(times));
    return [result("server", milliseconds <= QUICK ? "good" : "warning", { milliseconds }), clock(answer.headers.get("Date"))];
  }

  function clock(told) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!told) return result("clock", "not tested");
    const seconds = Math.round(Math.abs(Date.now() - Date.parse(told)) / 1000);
    return result("clock", seconds <= CLOCK ? "good" : "warning", { seconds, zone });
  }

  // ---- movement ----

  function smooth() {
    if (document.hidden) return Promise.resolve(result("smooth", "not tested"));
    return new Promise((resolve) => {
      let frames = -1, start = 0; // the first call only starts the clock
      const end = (status) => resolve(result("smooth", status, { frames: Math.max(frames, 0) }));
      const late = setTimeout(() => end("not tested"), PATIENT);
      requestAnimationFrame(function count(now) {
        frames += 1;
        start = start || now;
        if (now - start < 1000) { requestAnimationFrame(count); return; }
        clearTimeout(late);
        end(frames >= SMOOTH ? "good" : frames >= JERKY ? "warning" : "bad");
      });
    });
  }

  // ---- all of it ----

  window.briefingCheckup = async function (root, options) {
    root.textContent = options.words.testing;
    const moving = await smooth(); // alone: the others would make it stumble
    const latin = await latinFont(options.fonts);
    const filed = await files(options.files || []);
    const [way, time] = await server(options.server);
    const full = result("full_screen", document.fullscreenEnabled ? "good" : "warning");
    root.textContent = "";
    return [chineseFont(options.fonts), latin, screenShape(), textSize(options.textShare), full, offline(), filed, way, moving, time];
  };
})();
