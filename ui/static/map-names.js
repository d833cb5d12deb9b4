// Names and marks of a map: no name covers another or a mark, and the name of a district, or of a zone in it, stands in that district, or beside the
// city with a line to its mark, where it is read as that mark's and no other's. Each has several spots, inside and along rays out of
// the city; map-choice.js says who takes which, by the rule by which geo/maps/labels.py places the names of files. Places and features of the office's layers are left out where name or mark has no room; the lists of tenants (tenants.js) come before them.
(function () {
  "use strict";

  const { choose, cross, through, off, box, overlap, apart } = window.clusterChoice;
  const DIRECTIONS = [[0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]];
  const DISTANCES = [13, 22, 34]; // pixels between a mark and the middle of its name
  const OPTIONAL = ["place", "house"];
  const LED = 21; // pixels: names further off get a line to their mark
  const APART = 3; // pixels between the city's outline and a name beside it
  const RAYS = Array.from({ length: 48 }, (_, i) => [Math.cos(i * Math.PI / 24), Math.sin(i * Math.PI / 24)]); // ways out of the city
  const STEP = 5; // pixels along a ray
  const ROOM = 12, FEET = 4; // a line into a district without a mark keeps so many pixels off others' marks; so many points it may begin at
  const SPARE = 0.05; // of a name's box may lie outside its own district
  const GRID = 400; // spots looked at in the box around a district
  const MOST = 12, BESIDE = 30; // spots of a name inside and beside
  const ENOUGH = 5; // spots inside: then none beside are looked for
  const CLEAR = 4; // pixels: by so much a district's name is nearer to its own mark than to another, others' by one
  const MISREAD = 15; // pixels: a name beside the city keeps so far from marks that are not its own
  const WIDTHS = { headquarters: 14, second: 14, district: 8 }; // pixels of marks
  const COST = { astray: 60, inside: 30, outside: 1000, none: { zone: 40000, district: 20000 } }; // a spot costs about as many pixels as it is off its mark
  const UNMARKED = [0, 8, -8, 15].flatMap((y) => [0, 14, -14, 26, -26, 38, -38].map((x) => [x, y]))
    .sort((one, other) => Math.hypot(...one) - Math.hypot(...other));

  window.clusterNames = function (stage, data) {
    const map = stage.map;
    const homes = Object.fromEntries(data.zones.features.map((zone) => [zone.properties.cluster_id, zone.properties.adcode]));
    const labels = [["zone", data.zoneAnchors, "zones"], ["district", data.districtAnchors, "districts"], ["place", data.places, "places"],
      ["city", data.cityAnchors, "cities"]].flatMap(([kind, anchors, table]) => Object.entries(anchors).map(([id, at]) => (
      make(kind, id, at, kind === "place" ? "place" : data.marks[id], (map_style) => data.names[map_style.language][table][id]))));
    function make(kind, id, at, tier, words) {
      const text = document.createElement("span"), mark = document.createElement("i");
      text.style.visibility = "hidden"; // until it has been placed
      const parts = kind === "house" ? [[text, "name-holder"]] : [[mark, "mark-holder"], [text, "name-holder"]]; // house.js draws what is there
      parts.forEach(([element, name]) => L.marker(at, {
        icon: L.divIcon({ className: name, html: element, iconSize: null }), interactive: false, keyboard: false,
      }).addTo(map));
      const home = kind === "district" ? id : kind === "zone" ? homes[id] : "";
      return { kind, id, at, words, home, text, mark, tier, line: null };
    }

    // Add the name of a feature of the office's layers, in each language; a point that is drawn is its mark.
    function add(layer, at, words) {
      labels.push(make("house", layer.id, at, layer.draw === "point" ? "point" : "", (map_style) => words[map_style.language]));
    }

    function dress(map_style) {
      labels.forEach((label) => {
        label.shown = label.kind !== "place" || (map_style.places || []).includes(Number(label.id));
        label.marked = label.shown && Boolean(label.tier);
        const shape = (label.kind === "district" && map_style.shapes[label.id]) || {};
        const muted = shape.muted || (map_style.muted_zones || []).includes(label.id);
        label.text.textContent = label.words(map_style);
        label.text.className = "name name-" + label.kind + (muted ? " muted" : "");
        label.mark.className = label.marked ? "mark mark-" + label.tier : "";
      });
    }

    function isSeen(label) {
      return label.shown && (label.kind !== "house" || (stage.house.isShown(label.id) && map.getBounds().contains(label.at)));
    }

    // Districts and zones together first; then tenants, places and names in the office's layers, and neighbours, each in turn where it is free.
    function place() {
      const shown = labels.filter(isSeen), homed = shown.filter((label) => label.home), others = shown.filter((label) => !label.home);
      labels.filter((label) => !shown.includes(label)).forEach((label) => show(label, null));
      shown.forEach((label) => {
        label.point = map.latLngToContainerPoint(label.at);
        label.width = label.text.offsetWidth + 2;
        label.height = label.text.offsetHeight;
      });
      const scene = begin(homed);
      choose(homed.map((label) => spots(label, scene))).forEach((spot, i) => put(homed[i], spot.box ? spot : null, scene));
      stage.tenants.place(scene.boxes, scene.dots, box, overlap);
      OPTIONAL.forEach((kind) => others.filter((label) => label.kind === kind).forEach((label) => {
        const spot = near(label, scene);
        put(label, spot, scene);
        if (spot && label.marked) keep(label, scene);
      }));
      others.filter((label) => label.kind === "city").forEach((label) => put(label, onSpot(label, scene), scene));
    }

    function put(label, spot, scene) {
      if (spot) scene.boxes.push(spot.box, ...(spot.line ? along(spot.line) : []));
      if (spot && spot.line) scene.lines.push(spot.line);
      show(label, spot);
    }

    // Small boxes along a line, which later names keep off.
    function along([from, to]) {
      const count = Math.ceil(from.distanceTo(to) / (4 * stage.scale)) + 1;
      return Array.from({ length: count }, (_, step) => box(from.add(to.subtract(from).multiplyBy(step / count)), 3 * stage.scale, 3 * stage.scale));
    }

    // A map without names: what marks, dots of tenants, the line of credit and the buttons keep free.
    function begin(homed) {
      const size = map.getSize(), { offsetWidth, offsetHeight } = stage.credit, dots = stage.tenants.dots(box), panels = [];
      const buttons = map.zoomControl && map.zoomControl.getContainer(); // in the upper left corner; none in the show
      if (offsetWidth) panels.push([size.x - offsetWidth, size.y - offsetHeight, size.x, size.y]); // 0 while it is hidden
      if (buttons) panels.push([0, 0, buttons.offsetLeft + buttons.offsetWidth, buttons.offsetTop + buttons.offsetHeight]);
      const scene = { size, lines: [], marks: stage.tenants.points().map((point) => ({ point })), dots, boxes: [...dots, ...panels], shapes: window.clusterShapes(map, stage.districts), zoneShapes: window.clusterShapes(map, stage.zones) };
      scene.seen = (label, at) => Math.min(at.x, size.x - at.x) >= label.width / 2 && Math.min(at.y, size.y - at.y) >= label.height / 2;
      scene.free = (spot) => !scene.boxes.some((other) => overlap(spot, other));
      homed.forEach((label) => { // half a mark under a panel is none
        label.marked = label.shown && Boolean(label.tier) && !panels.some((panel) => overlap(markBox(label), panel));
        label.mark.style.visibility = label.marked ? "" : "hidden";
        label.inView = size.x > label.point.x && size.y > label.point.y && Math.min(label.point.x, label.point.y) > 0;
        if (label.marked) keep(label, scene);
      });
      scene.zones = homed.filter((label) => label.kind === "zone");
      scene.shared = new Set(scene.zones.map((label) => label.home)); // districts that two names have to go into
      return scene;
    }

    function keep(label, scene) {
      scene.marks.push(label);
      scene.boxes.push(markBox(label));
    }

    function markBox(label) {
      return box(label.point, 8 * stage.scale, 8 * stage.scale);
    }

    // Where a name of a district or zone may stand, the best first; last of all nowhere.
    function spots(label, scene) {
      const byCost = (one, other) => one.cost - other.cost;
      const inside = within(label, scene).sort(byCost);
      const outside = (inside.length < ENOUGH || scene.shared.has(label.home)) && label.inView ? beside(label, scene).sort(byCost).slice(0, BESIDE) : [];
      return [...inside, ...outside, { cost: COST.none[label.kind] }];
    }

    // In its district, best near its mark; one whose mark is out of sight is named where it can be seen.
    function within(label, scene) {
      const found = [];
      const add = (at, cost) => {
        const spot = box(at, label.width, label.height), alike = (other) => Math.abs(other.at.x - at.x) < label.width / 4 && Math.abs(other.at.y - at.y) < label.height / 3;
        if (found.length >= MOST || found.some(alike) || !scene.seen(label, at) || !scene.free(spot) || !scene.shapes.covers(label.home, spot, SPARE)) return;
        const line = label.inView && isFar(label, at) ? [label.point, at] : null, astray = !isClear(label, spot, scene);
        if ((line && !isTidy(label, line, scene)) || (astray && label.kind === "zone")) return;
        found.push({ at, box: spot, line, cost: cost + (astray ? COST.astray : 0) });
      };
      around(label, DISTANCES).forEach((offset, i) => add(label.point.add(offset), i));
      if (found.length < MOST) grid(label, scene).forEach((at) => add(at, COST.inside + at.distanceTo(label.point) / stage.scale));
      return found;
    }

    // Points all over the box around its district, as far as it is seen, those near its mark first.
    function grid(label, scene) {
      const bounds = scene.shapes.bounds(label.home), size = map.getSize();
      const [left, top, right, bottom] = bounds.map((edge, i) => (i < 2 ? Math.max(edge, 0) : Math.min(edge, i < 3 ? size.x : size.y)));
      if (!(right - left > label.width && bottom - top > label.height)) return [];
      const step = Math.max(3 * stage.scale, Math.sqrt(((right - left) * (bottom - top)) / GRID)), points = [];
      for (let y = top + label.height / 2; y < bottom; y += step) for (let x = left + label.width / 2; x < right; x += step) points.push(L.point(x, y));
      const room = (at) => scene.shapes.covers(label.home, box(at, label.width || 4, label.height || 4), SPARE);
      return points.filter(room).sort((one, other) => one.distanceTo(label.point) - other.distanceTo(label.point));
    }

    // Outside all districts, as near as there is room each way, with a line to its mark, or into its district where it has none.
    function beside(label, scene) {
      return feet(label, scene).flatMap((from) => RAYS.flatMap(([x, y]) => alongRay(label, from, L.point(x, y), scene)));
    }

    // Free spots along a ray, the nearest and one a line further, up to where the ray meets a mark or name.
    function alongRay(label, from, ray, scene) {
      const { width, height } = label, found = [], room = 2 * APART * stage.scale;
      const reach = (at) => at.x > 0 && at.y > 0 && at.x < scene.size.x && at.y < scene.size.y;
      for (let far = height; found.length < 2; far += (found.length ? height : STEP * stage.scale)) {
        const at = from.add(ray.multiplyBy(far)), spot = box(at, width, height), line = [from, at];
        if (!reach(at)) break;
        if (!scene.seen(label, at) || scene.shapes.touches("", box(at, width + room, height + room))) continue;
        if (!isTidy(label, line, scene)) break;
        if (scene.free(spot) && isOwn(label, spot, scene)) found.push({ at, box: spot, line, cost: COST.outside + far / stage.scale });
      }
      return found;
    }

    // Where lines to a name may begin: at its mark, or in a district without one clear of others' marks.
    function feet(label, scene) {
      if (label.marked) return [label.point];
      const room = (point) => Math.min(...scene.marks.map((other) => other.point.distanceTo(point)));
      const points = [label.point, ...grid({ ...label, width: 0, height: 0 }, scene)];
      const clear = points.filter((point) => room(point) > ROOM * stage.scale);
      return clear.length ? clear.filter((_, i) => i % Math.ceil(clear.length / FEET) === 0) : [points.sort((one, other) => room(other) - room(one))[0]];
    }

    // Whether a name beside the city is read as its own mark's: near no other, and a zone's not nearer to another zone's.
    function isOwn(label, spot, scene) {
      const own = apart(label.point, spot);
      return scene.marks.every((other) => other === label || apart(other.point, spot) > Math.min(own, MISREAD * stage.scale)) &&
        (label.kind !== "zone" || scene.zones.every((other) => other === label || apart(other.point, spot) > own));
    }

    // Whether a line runs through no mark but its own, no name, and crosses no other line.
    function isTidy(label, line, scene) {
      return !scene.lines.some((other) => cross(other, line)) &&
        !scene.marks.some((other) => other !== label && other.tier && off(other.point, line) < radius(other) + stage.scale) &&
        !scene.boxes.some((other) => through(line, other) && !overlap(other, box(label.point, 2, 2)));
    }

    function radius(label) {
      return (WIDTHS[label.tier] || WIDTHS.district) / 2 * stage.scale;
    }

    // A neighbour's name has one spot.
    function onSpot(label, scene) {
      const spot = box(label.point, label.width, label.height);
      return scene.seen(label, label.point) && scene.free(spot) ? { at: label.point, box: spot } : null;
    }

    // Right beside its mark and nearer to that than to any other, in as few districts and zones that its mark lies outside of as can be; null where the mark itself, or the name, has no room.
    function near(label, scene) {
      if (label.marked && scene.boxes.some((other) => overlap(markBox(label), other))) return null;
      const spots = around(label, DISTANCES).map((offset) => label.point.add(offset)).map((at) => (
        { at, box: box(at, label.width, label.height), line: isFar(label, at) ? [label.point, at] : null }
      )).filter(({ at, box: spot, line }) => scene.seen(label, at) && scene.free(spot) && isClear(label, spot, scene) && (!line || isTidy(label, line, scene)));
      const foreign = outlines(scene).filter(([shapes, id]) => !shapes.touches(id, box(label.point, 1, 1)));
      const ranked = spots.map((spot) => [foreign.filter(([shapes, id]) => shapes.touches(id, spot.box)).length, spot]).sort(([one], [other]) => one - other);
      return ranked.length ? ranked[0][1] : null;
    }

    function outlines(scene) {
      return [[scene.shapes, stage.districts], [scene.zoneShapes, stage.zones]].flatMap(([shapes, layers]) => Object.keys(layers).map((id) => [shapes, id]));
    }

    // Whether a name is nearer to its own mark than to any other.
    function isClear(label, spot, scene) {
      const own = apart(label.point, spot) + (label.home ? CLEAR : 1) * stage.scale;
      return scene.marks.every((other) => other === label || apart(other.point, spot) > own);
    }

    function isFar(label, at) {
      const offset = at.subtract(label.point);
      return label.marked && Math.hypot(offset.x * 0.6, offset.y) > LED * stage.scale; // without a mark there is nothing to lead to
    }

    function around(label, distances) {
      const offsets = distances.map((distance) => distance * stage.scale).flatMap((distance) => DIRECTIONS.map(([x, y]) => [
        x * (distance + (x ? label.width / 2 - 6 * stage.scale : 0)), y * (distance + (y ? label.height / 2 - 7 * stage.scale : 0)),
      ]));
      return label.marked ? offsets : [...UNMARKED.map(([x, y]) => [x * stage.scale, y * stage.scale]), ...offsets];
    }

    function show(label, spot) {
      label.text.style.visibility = spot ? "" : "hidden";
      if (OPTIONAL.includes(label.kind)) label.mark.style.visibility = label.text.style.visibility;
      if (label.line) { label.line.remove(); label.line = null; }
      if (!spot) return;
      const offset = spot.at.subtract(label.point);
      label.text.style.transform = `translate(calc(-50% + ${offset.x}px), calc(-50% + ${offset.y}px))`;
      if (!spot.line) return;
      const [from, to] = spot.line, ends = [from, to.subtract(edge(to.subtract(from), label))].map((end) => map.containerPointToLatLng(end));
      label.line = L.polyline(ends, { pane: "leaders", className: "leader", weight: null, color: null, interactive: false }).addTo(map);
    }

    // From where a line meets a name's box to the middle of it.
    function edge(offset, label) {
      const shrink = Math.min(label.width / 2 / Math.abs(offset.x || 1e-9), label.height / 2 / Math.abs(offset.y || 1e-9), 1);
      return offset.multiplyBy(shrink);
    }

    return { add, dress, place, first: labels[0] && labels[0].text };
  };
})();
