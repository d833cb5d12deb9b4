// Glides the map's camera from box to box. Leaflet's own flight only stretches what was drawn before: coming back from a close-up the surroundings are
// missing until it ends. Here every frame is drawn anew; nothing is rebuilt.
(function () {
  "use strict";

  const RHO = 1.3; // how far out the flight goes between distant places
  const PAD = 24; // canvas pixels kept free around a box
  let running = 0;

  function target(map, box) {
    const size = map.getSize();
    const bounds = L.latLngBounds(box);
    const a = map.project(bounds.getNorthWest(), 0), b = map.project(bounds.getSouthEast(), 0);
    const scale = Math.min(Math.max(1, size.x - 2 * PAD) / (b.x - a.x), Math.max(1, size.y - 2 * PAD) / (b.y - a.y));
    return { center: a.add(b).divideBy(2), width: size.x / scale, size };
  }

  function show(map, view) {
    const zoom = Math.log2(view.size.x / view.width);
    map.setView(map.unproject(view.center, 0), zoom, { animate: false });
  }

  function now(map) {
    const size = map.getSize();
    return { center: map.project(map.getCenter(), 0), width: size.x / 2 ** map.getZoom(), size };
  }

  function jump(map, box) {
    running += 1;
    show(map, target(map, box));
    window.clusterMap.hold(false);
  }

  // van Wijk and Nuij 2003, "Smooth and efficient zooming and panning", equation 9: the path whose picture moves evenly.
  function path(from, to) {
    const dx = to.center.subtract(from.center), distance = Math.hypot(dx.x, dx.y);
    const w0 = from.width, w1 = to.width;
    const at = (share) => ({ size: to.size, center: from.center.add(dx.multiplyBy(share)) });
    if (distance < 1e-6 * w0) {
      const length = Math.abs(Math.log(w1 / w0)) / RHO;
      return { length, at: (s) => ({ ...at(length ? s / length : 1), width: w0 * (w1 / w0) ** (length ? s / length : 1) }) };
    }
    const b = (i) => (w1 * w1 - w0 * w0 + (i ? -1 : 1) * RHO ** 4 * distance ** 2) / (2 * (i ? w1 : w0) * RHO ** 2 * distance);
    const r = (i) => -Math.asinh(b(i)); // log(√(b² + 1) − b), without its loss of digits
    const r0 = r(0), length = (r(1) - r0) / RHO;
    return {
      length,
      at(s) {
        const x = r0 + RHO * s;
        const share = (w0 / (RHO ** 2 * distance)) * (Math.cosh(r0) * Math.tanh(x) - Math.sinh(r0));
        return { ...at(share), width: (w0 * Math.cosh(r0)) / Math.cosh(x) };
      },
    };
  }

  // Returns a promise: whether the flight arrived; it does not where another one begins before.
  function fly(map, box, milliseconds) {
    const to = target(map, box), from = now(map), flight = path(from, to);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (flight.length < 1e-3 || !milliseconds || still) { jump(map, box); return Promise.resolve(true); }
    const mine = ++running;
    window.clusterMap.hold(true);
    return new Promise((done) => {
      let begin = 0;
      const frame = (time) => {
        if (mine !== running) { done(false); return; }
        begin = begin || time;
        const t = Math.min(1, (time - begin) / milliseconds);
        const eased = t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) ** 2;
        show(map, t < 1 ? flight.at(eased * flight.length) : to);
        if (t < 1) requestAnimationFrame(frame); else { window.clusterMap.hold(false); done(true); }
      };
      requestAnimationFrame(frame);
    });
  }

  window.clusterCamera = { fly };
})();
