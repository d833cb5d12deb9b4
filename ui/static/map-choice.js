// Which of its spots each name takes, for all names at once: a spot is { box, line, cost }, a line leads from a mark to a name. Two names that cover each other,
// whose lines cross, or one of which lies on the other's line, do not go together. The same in geo/maps/label_spots.py for files.
(function () {
  "use strict";

  const ROUNDS = 4;
  const GAP = 2; // pixels between a line and a name it passes

  // Returns a spot for each of some lists of spots, the best of a list first; the last one is to be left out ({ cost } alone) and goes with all.
  function choose(lists) {
    const taken = lists.map((spots) => spots[spots.length - 1]), order = [...lists.keys()].sort((one, other) => lists[one].length - lists[other].length);
    const best = (i, beside) => lists[i].find((spot) => beside.every((other) => !clash(spot, other)));
    order.forEach((i) => { taken[i] = best(i, taken); });
    for (let round = 0; round < ROUNDS; round += 1) if (!order.map((i) => improve(lists, taken, best, i)).some(Boolean)) break;
    return taken;
  }

  // Give one name a better spot and those who lose theirs another, where that is better altogether.
  function improve(lists, taken, best, i) {
    for (const spot of lists[i]) {
      if (spot.cost >= taken[i].cost) return false;
      const rivals = [...taken.keys()].filter((j) => j !== i && clash(spot, taken[j])), next = [...taken];
      rivals.forEach((j) => { next[j] = lists[j][lists[j].length - 1]; });
      next[i] = spot;
      rivals.forEach((j) => { next[j] = best(j, next.filter((_, k) => k !== j)); });
      if (cost(next) < cost(taken)) { next.forEach((one, j) => { taken[j] = one; }); return true; }
    }
    return false;
  }

  const cost = (spots) => spots.reduce((sum, spot) => sum + spot.cost, 0);

  function clash(one, other) {
    if (!one.box || !other.box) return false;
    if (overlap(one.box, other.box)) return true;
    return Boolean((one.line && (through(one.line, other.box, GAP) || (other.line && cross(one.line, other.line)))) ||
      (other.line && through(other.line, one.box, GAP)));
  }

  // Whether two lines cross.
  function cross([a, b], [c, d]) {
    const side = (p, q, r) => (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x) > 0;
    return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
  }

  // Whether a line goes through a box, or nearer to it than a gap.
  function through([a, b], [left, top, right, bottom], gap = 0) {
    let from = 0, to = 1;
    for (const [start, way, low, high] of [[a.x, b.x - a.x, left - gap, right + gap], [a.y, b.y - a.y, top - gap, bottom + gap]]) {
      if (!way && (start < low || start > high)) return false;
      const [one, other] = way ? [(low - start) / way, (high - start) / way] : [0, 1];
      from = Math.max(from, Math.min(one, other));
      to = Math.min(to, Math.max(one, other));
    }
    return from < to;
  }

  // How far a point is from a line.
  function off(point, [a, b]) {
    const way = b.subtract(a), length = way.x ** 2 + way.y ** 2 || 1;
    const along = Math.min(Math.max(((point.x - a.x) * way.x + (point.y - a.y) * way.y) / length, 0), 1);
    return point.distanceTo(a.add(way.multiplyBy(along)));
  }

  function box(point, width, height) {
    return [point.x - width / 2, point.y - height / 2, point.x + width / 2, point.y + height / 2];
  }

  function overlap(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }

  // How far a point is from a box, 0 inside.
  function apart(point, [left, top, right, bottom]) {
    return Math.hypot(Math.max(left - point.x, 0, point.x - right), Math.max(top - point.y, 0, point.y - bottom));
  }

  window.clusterChoice = { choose, cross, through, off, box, overlap, apart };
})();
