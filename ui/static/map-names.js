// Names and marks of a map: no name covers another or a mark, and the name of a district, or of a zone in it, stands in that district, or beside the
// city with a line to its mark. Where names may stand (spots inside, ways out) was worked out from the geometry (geo/maps/label_spots.py); which one is free at this
// zoom is found here, by the rule by which geo/maps/labels.py places the names of files. Places and features of the office's layers are left out where name or
// mark has no room; the lists of tenants (tenants.js) come before them.
(function () {
  "use strict";

  const DIRECTIONS = [[0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]];
  const DISTANCES = [13, 22, 34]; // pixels between a mark and the middle of its name
  const TURNS = ["zone", "district", "place", "house", "city"]; // lists of tenants come after districts
  const OPTIONAL = ["place", "house"];
  const LED = 21; // pixels: names further off get a line to their mark
  const APART = 7; // pixels between the city's outline and a name beside it
  // Where in a name's box it is looked whether that lies in a district: middles of 45 equal parts.
  const PARTS = [-0.4, -0.2, 0, 0.2, 0.4].flatMap((y) => [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((x) => [x / 9, y]));
  const HOME = 0.95; // of them must lie in a name's own district
  const SHIFTS = [0, 1, -1, 2, -2, 3, -3]; // lines: a name beside the city may also stand so many above or below the way out
  const UNMARKED = [0, 8, -8, 15].flatMap((y) => [0, 14, -14, 26, -26, 38, -38].map((x) => [x, y]))
    .sort((one, other) => Math.hypot(...one) - Math.hypot(...other));

  window.clusterNames = function (stage, data) {
    const map = stage.map;
    const homes = Object.fromEntries(data.zones.features.map((zone) => [zone.properties.cluster_id, zone.properties.adcode]));
    const labels = [["zone", data.zoneAnchors, "zones"], ["district", data.districtAnchors, "districts"], ["place", data.places, "places"],
      ["city", data.cityAnchors, "cities"]].flatMap(([kind, anchors, table]) => Object.entries(anchors).map(([id, at]) => (
      make(kind, id, at, kind === "place" ? "place" : data.marks[id], (map_style) => data.names[map_style.language][table][id]))));
    // A district whose cluster has a zone would otherwise find its inside taken by the zone's name.
    const turn = (label) => (label.kind === "district" && !label.tier ? -1 : TURNS.indexOf(label.kind));

    function make(kind, id, at, tier, words) {
      const text = document.createElement("span"), mark = document.createElement("i");
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

    // Each name in turn takes the first spot that is free of other names and marks; those that find no room in their district then stand beside the city.
    function place() {
      const shown = labels.filter(isSeen).sort((one, other) => turn(one) - turn(other));
      labels.filter((label) => !shown.includes(label)).forEach((label) => show(label, null));
      shown.forEach((label) => {
        label.point = map.latLngToContainerPoint(label.at);
        label.width = label.text.offsetWidth + 2;
        label.height = label.text.offsetHeight;
      });
      const scene = begin(shown.filter((label) => label.marked && !OPTIONAL.includes(label.kind)));
      const put = (label, at) => {
        if (at) scene.boxes.push(box(at, label.width, label.height));
        show(label, at, scene);
      };
      const homeless = shown.filter((label) => label.home).filter((label) => {
        const at = atHome(label, scene);
        if (at) put(label, at);
        return !at;
      });
      stage.tenants.place(scene.boxes, scene.dots, box, overlap);
      shown.filter((label) => !label.home).forEach((label) => {
        const at = OPTIONAL.includes(label.kind) ? near(label, scene) : onSpot(label, scene);
        put(label, at);
        if (at && label.marked) keep(label, scene);
      });
      homeless.forEach((label) => put(label, scene.seen(label, label.point) ? beside(label, scene) : null));
    }

    // A map without names: what marks, dots of tenants, the line of credit and the buttons keep free.
    function begin(marks) {
      const size = map.getSize(), { offsetWidth, offsetHeight } = stage.credit, dots = stage.tenants.dots(box);
      const buttons = map.zoomControl && map.zoomControl.getContainer(); // in the upper left corner; none in the show
      const scene = { lines: [], marks: stage.tenants.points().map((point) => ({ point })), dots, boxes: [...dots] };
      if (offsetWidth) scene.boxes.push([size.x - offsetWidth, size.y - offsetHeight, size.x, size.y]); // 0 while it is hidden
      if (buttons) scene.boxes.push([0, 0, buttons.offsetLeft + buttons.offsetWidth, buttons.offsetTop + buttons.offsetHeight]);
      marks.forEach((label) => keep(label, scene));
      scene.free = (label, at) => !scene.boxes.some((other) => overlap(box(at, label.width, label.height), other));
      scene.seen = (label, at) => Math.min(at.x, size.x - at.x) >= label.width / 2 && Math.min(at.y, size.y - at.y) >= label.height / 2;
      return scene;
    }

    function keep(label, scene) {
      scene.marks.push(label);
      scene.boxes.push(markBox(label));
    }

    function markBox(label) {
      return box(label.point, 8 * stage.scale, 8 * stage.scale);
    }

    // In its district, best near its mark; one whose mark is out of sight is named where it can be seen. Null where there is no room.
    function atHome(label, scene) {
      const near = around(label, DISTANCES).map((offset) => label.point.add(offset));
      const spots = (data.spots[label.home] || []).map((at) => map.latLngToContainerPoint(at));
      const home = (at) => scene.seen(label, at) && scene.free(label, at) && liesIn(label.home, label, at);
      return [...near.filter((at) => clear(label, at, scene)), ...near, ...spots].find(home) || null;
    }

    // Outside all districts, the shortest way, with a line that crosses no other and no name; null, not in another district, where there is no room.
    function beside(label, scene) {
      const { width, height } = label, out = APART * stage.scale;
      const ways = (data.exits[label.home] || []).flatMap(([lat, lng, east, north]) => {
        const at = map.latLngToContainerPoint([lat, lng]).add([east * (width / 2 + out), -north * (height / 2 + out)]);
        return SHIFTS.map((lines) => at.add([0, lines * (height + 3)]));
      });
      const room = { width: width + 8, height: height + 8 };
      const open = (at) => scene.seen(label, at) && scene.free(label, at) && !Object.keys(stage.districts).some((id) => touches(id, room, at));
      ways.sort((one, other) => one.distanceTo(label.point) - other.distanceTo(label.point));
      return ways.find((at) => isTidy(label, at, scene) && open(at)) || ways.find(open) || null;
    }

    // Whether the line to a name crosses no other line and no name, nor what leads to a list of tenants.
    function isTidy(label, at, scene) {
      return !scene.lines.some((line) => cross(line, [label.point, at])) &&
        !scene.boxes.some((other) => through([label.point, at], other) && !overlap(other, box(label.point, 2, 2)));
    }

    // A neighbour's name has one spot.
    function onSpot(label, scene) {
      return scene.free(label, label.point) ? label.point : null;
    }

    // Right beside its mark and nearer to that than to any other; null where the mark itself, or the name, has no room.
    function near(label, scene) {
      if (label.marked && scene.boxes.some((other) => overlap(markBox(label), other))) return null;
      const far = (at, { point }) => apart(point, box(at, label.width, label.height));
      const good = (at) => scene.seen(label, at) && scene.free(label, at) && scene.marks.every((other) => far(at, other) > far(at, label) + 1) &&
        (!isLed(label, at) || isTidy(label, at, scene));
      return around(label, DISTANCES).map((offset) => label.point.add(offset)).find(good) || null;
    }

    function clear(label, at, scene) {
      return scene.marks.every((other) => other === label || at.distanceTo(other.point) > at.distanceTo(label.point) + 4);
    }

    // Asking a shape about a point takes microseconds, and there are a hundred thousand to ask about: what decides is enough.
    function liesIn(id, label, at) {
      let out = 0;
      return meets(id, label, at) && !parts(id, label, at).some((isIn) => !isIn() && (out += 1) > (1 - HOME) * PARTS.length);
    }

    function touches(id, label, at) {
      return meets(id, label, at) && parts(id, label, at).some((isIn) => isIn());
    }

    // Whether a name's box reaches into the box around a district.
    function meets(id, { width, height }, at) {
      const bounds = stage.districts[id].getBounds(), [one, other] = [bounds.getNorthWest(), bounds.getSouthEast()].map(map.latLngToContainerPoint, map);
      return overlap(box(at, width, height), [one.x, one.y, other.x, other.y]);
    }

    function parts(id, { width, height }, at) {
      const path = stage.districts[id].getElement(), middle = map.containerPointToLayerPoint(at);
      return PARTS.map(([x, y]) => () => path.isPointInFill(new DOMPoint(middle.x + x * width, middle.y + y * height)));
    }

    function around(label, distances) {
      const offsets = distances.map((distance) => distance * stage.scale).flatMap((distance) => DIRECTIONS.map(([x, y]) => [
        x * (distance + (x ? label.width / 2 - 6 * stage.scale : 0)), y * (distance + (y ? label.height / 2 - 7 * stage.scale : 0)),
      ]));
      return label.marked ? offsets : [...UNMARKED.map(([x, y]) => [x * stage.scale, y * stage.scale]), ...offsets];
    }

    function show(label, at, scene) {
      label.text.style.visibility = at ? "" : "hidden";
      if (OPTIONAL.includes(label.kind)) label.mark.style.visibility = label.text.style.visibility;
      if (label.line) { label.line.remove(); label.line = null; }
      if (!at) return;
      const offset = at.subtract(label.point);
      label.text.style.transform = `translate(calc(-50% + ${offset.x}px), calc(-50% + ${offset.y}px))`;
      if (!isLed(label, at)) return;
      scene.lines.push([label.point, at]);
      const end = map.containerPointToLatLng(at.subtract(edge(offset, label)));
      label.line = L.polyline([label.at, end], { pane: "leaders", className: "leader", weight: null, color: null, interactive: false }).addTo(map);
    }

    function isLed(label, at) {
      const offset = at.subtract(label.point), far = Math.hypot(offset.x * 0.6, offset.y) > LED * stage.scale;
      return (label.home && !liesIn(label.home, label, at)) || (far && label.marked); // without a mark there is nothing to lead to
    }

    // From where a line meets a name's box to the middle of it.
    function edge(offset, label) {
      const shrink = Math.min(label.width / 2 / Math.abs(offset.x || 1e-9), label.height / 2 / Math.abs(offset.y || 1e-9), 1);
      return offset.multiplyBy(shrink);
    }

    return { add, dress, place, first: labels[0] && labels[0].text };
  };

  // Whether two lines cross.
  function cross([a, b], [c, d]) {
    const side = (p, q, r) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
    return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
  }

  // Whether a line goes through a box.
  function through(line, [left, top, right, bottom]) {
    return cross(line, [L.point(left, top), L.point(right, bottom)]) || cross(line, [L.point(left, bottom), L.point(right, top)]);
  }

  function box(point, width, height) {
    return [point.x - width / 2, point.y - height / 2, point.x + width / 2, point.y + height / 2];
  }

  // How far a point is from a box, 0 inside.
  function apart(point, [left, top, right, bottom]) {
    return Math.hypot(Math.max(left - point.x, 0, point.x - right), Math.max(top - point.y, 0, point.y - bottom));
  }

  function overlap(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }
})();
