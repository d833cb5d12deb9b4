// Times one key in the show: from the key to the frame after the one in which title and map are those of another slide, then every frame until the
// camera rests. Nothing of it is a message between Python and browser.
() => {
  const root = document.querySelector(".show");
  const drawn = () => [...root.querySelectorAll("path.district")].filter((path) => {
    const d = path.getAttribute("d");
    return d && d !== "M0 0" && getComputedStyle(path).display !== "none";
  }).length;
  window.benchKey = () => new Promise((done) => {
    const before = root.dataset.slide, map = root.querySelector(".leaflet-container");
    const result = { painted: null, gaps: [], empty: 0, rebuilt: false };
    let pressed = 0, last = 0, changed = false;
    window.addEventListener("keydown", (event) => { pressed = event.timeStamp; }, { once: true, capture: true });
    const look = (time) => {
      if (pressed) {
        if (changed && result.painted === null) result.painted = time - pressed; // the frame before this one has been painted
        changed = changed || root.dataset.slide !== before;
        if (last) result.gaps.push(time - last);
        last = time;
        if (!drawn()) result.empty += 1;
        result.rebuilt = result.rebuilt || root.querySelector(".leaflet-container") !== map;
        if (result.painted !== null && root.dataset.camera === "still") { done(result); return; }
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
