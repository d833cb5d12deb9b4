// Measures from inside the page, so that no message between Python and the browser is part of a time. Loaded before anything else;
// `PAINTED` is the selector of what counts as a painted map. Every condition is looked at once a frame.
(function (PAINTED) {
  "use strict";
  if (window.top !== window) return;
  const DISTRICTS = 11;

  const now = () => performance.timeOrigin + performance.now();
  const stamp = (event) => event.view.performance.timeOrigin + event.timeStamp; // when the browser took the event, frames included

  function when(condition) {
    return new Promise((resolve) => {
      (function look() { if (condition()) resolve(now()); else requestAnimationFrame(look); })();
    });
  }

  // ---- what there is to see ----

  const seen = (element) => { const box = element.getBoundingClientRect(); return box.width > 0 && box.height > 0; };
  const frames = () => [...document.querySelectorAll("iframe")].filter((frame) => frame.contentDocument && seen(frame));
  const painted = () => frames().some((frame) => [...frame.contentDocument.querySelectorAll(PAINTED)].some(seen));
  const atRest = () => frames().every((frame) => frame.contentDocument.getAnimations().length === 0);
  const kpi = () => (document.querySelector(".st-key-kpi") || document.createElement("p")).textContent;

  // Fills of all districts as one text, of each frame that has them: while a map is rebuilt, that may be none or two.
  function fills() {
    return frames().map((frame) => [...frame.contentDocument.querySelectorAll("path[class*='district-']")])
      .filter((paths) => paths.length === DISTRICTS)
      .map((paths) => paths.map((path) => path.style.fill || path.getAttribute("fill")).sort().join());
  }

  const clicked = (target, selector) => new Promise((resolve) => {
    target.addEventListener("click", function take(event) {
      if (!event.target.closest(selector)) return;
      target.removeEventListener("click", take, true);
      resolve(stamp(event));
    }, true);
  });

  // ---- what is measured: each `arm…` is called before the click, its result awaited after ----

  let result = null;

  async function filterChange(before) {
    const start = await clicked(document, "[role=option]");
    const changed = await when(() => fills().some((shown) => shown !== before));
    const rested = await when(atRest);
    return { changed: changed - start, rested: rested - start };
  }

  async function shapeClick(frame, selector, name) {
    const start = await clicked(frame.contentDocument, selector);
    return (await when(() => kpi().includes(name))) - start;
  }

  window.bench = {
    firstMap: when(painted).then((at) => at - performance.timeOrigin),
    armFilter() {
      const before = fills();
      if (before.length !== 1) throw new Error(`${before.length} maps with districts instead of one`);
      result = filterChange(before[0]);
    },
    armClick(selector, name) {
      if (kpi().includes(name)) throw new Error(`${name} is shown before it was clicked`);
      result = shapeClick(frames().find((frame) => frame.contentDocument.querySelector(selector)), selector, name);
    },
    result: () => result,
  };
})
