// How much of a name's box lies in a district or zone. Outlines are cut along lines of pixels, each line once a placement: asking a browser's shapes about
// points instead kept a repainted map waiting.
(function () {
  "use strict";

  const ROWS = [[0.5, Math.round], [0.1, Math.floor], [0.9, Math.ceil], [0.3, Math.floor], [0.7, Math.ceil]]; // of a box's height: where it is looked, rounded outwards

  // `layers` by id, as Leaflet drew them; boxes and points are in pixels of the map's container.
  window.clusterShapes = function (map, layers) {
    const shift = map.containerPointToLayerPoint([0, 0]), known = {};

    const bounds = (id) => moved(shape(id).bounds, shift);

    function shape(id) {
      if (!known[id]) known[id] = made(id ? read(layers[id].getElement().getAttribute("d") || "") : Object.keys(layers).flatMap((each) => shape(each).rings));
      return known[id];
    }

    // Whether all but a share of a box lies inside; `id` "" stands for all districts together, where two meet their common border counts twice.
    function covers(id, [left, top, right, bottom], spare = 0) {
      let missing = spare * ROWS.length * (right - left) + 1e-6;
      return ROWS.every(([row, round]) => {
        missing -= right - left - along(id, left, right, round(top + row * (bottom - top) + shift.y));
        return missing >= 0;
      });
    }

    // Whether any of a box lies inside.
    function touches(id, [left, top, right, bottom]) {
      const [west, north, east, south] = bounds(id);
      return left < east && right > west && top < south && bottom > north && ROWS.some(([row, round]) => along(id, left, right, round(top + row * (bottom - top) + shift.y)) > 0);
    }

    // How much of a line of pixels lies inside from left to right.
    function along(id, left, right, y) {
      const cuts = row(shape(id), y), [from, to] = [left + shift.x, right + shift.x];
      let inside = 0;
      for (let i = 0; i + 1 < cuts.length; i += 2) inside += Math.max(0, Math.min(to, cuts[i + 1]) - Math.max(from, cuts[i]));
      return inside;
    }

    return { covers, touches, bounds };
  };

  // A path as Leaflet writes it: M and L with absolute numbers, one M a ring.
  function read(path) {
    return path.split("M").slice(1).map((ring) => {
      const numbers = (ring.match(/-?\d+(\.\d+)?/g) || []).map(Number);
      return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i], numbers[2 * i + 1]]);
    });
  }

  function made(rings) {
    const bounds = [Infinity, Infinity, -Infinity, -Infinity];
    rings.flat().forEach(([x, y]) => {
      bounds[0] = Math.min(bounds[0], x); bounds[1] = Math.min(bounds[1], y); bounds[2] = Math.max(bounds[2], x); bounds[3] = Math.max(bounds[3], y);
    });
    return { rings, bounds, rows: new Map() };
  }

  // Where outlines cross a line of pixels, from left to right.
  function row(shape, y) {
    if (!shape.rows.has(y)) {
      const cuts = [];
      shape.rings.forEach((ring) => ring.forEach(([x1, y1], i) => {
        const [x2, y2] = ring[(i + 1) % ring.length];
        if (y1 > y !== y2 > y) cuts.push(x1 + ((y - y1) * (x2 - x1)) / (y2 - y1));
      }));
      shape.rows.set(y, cuts.sort((one, other) => one - other));
    }
    return shape.rows.get(y);
  }

  function moved([left, top, right, bottom], { x, y }) {
    return [left - x, top - y, right - x, bottom - y];
  }
})();
