// Draws the constant map once (mount) and repaints it (paint). Runs inside streamlit-folium's frame and in the show (show.js); geometry comes from
// clusterMapData.
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const DIRECTIONS = [[0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]];
  const DISTANCES = [13, 22, 34, 46, 60]; // pixels between a mark and the middle of its name; names further than 20 get a line
  const NEAR = 34; // a place whose name is not as near as this is left out
  const REACH = 50; // pixels: a name further from its mark is no longer taken for its own, at home or not
  const MARGIN = 12; // pixels kept free around the opening view
  let stage = null;
  let data = null;

  // ---- once a map ---------------------------------------------------------------------------------------------------

  function mount(map, options) {
    data = window.clusterMapData; // of the version of the data that this map shows
    stage = { map, focus: options.focus, scale: options.scale || 1, led: options.led, districts: {}, zones: {}, labels: [], map_style: null };
    ["context", "districts", "rivers", "house", "zones", "selection", "leaders"].forEach((name, i) => {
      map.createPane(name).style.zIndex = 300 + 10 * i;
    });
    ["context", "rivers", "house", "selection", "leaders"].forEach((name) => { map.getPane(name).style.pointerEvents = "none"; });
    keepPageStill(map.getContainer());
    addHatching(map.getContainer());
    setTimeout(() => { // the surroundings, after the districts have been painted
      addLayer("context", data.context, (f) => f.properties.kind === "city", () => "city");
      if (stage.led) addGround();
      addLayer("rivers", data.context, (f) => f.properties.kind === "river", () => "river");
    });
    addLayer("districts", data.districts, null, (f) => "district district-" + f.properties.adcode, (f, layer) => {
      stage.districts[f.properties.adcode] = layer;
      makeSelectable(layer, f.properties.adcode);
    });
    addLayer("zones", data.zones, null, (f) => "zone zone-" + f.properties.cluster_id, (f, layer) => {
      stage.zones[f.properties.cluster_id] = layer;
      makeSelectable(layer, f.properties.adcode);
    });
    addLabels();
    stage.house = window.clusterHouse.attach(stage, data.house || [], makeHouseLabel);
    stage.tenants = window.clusterTenants.attach(stage, data);
    addCredit(map.getContainer());
    map.on("zoomend resize", placeLabels);
    // The style sheet may come after the first paint, which then measured other letters.
    if (stage.labels.length) new ResizeObserver(placeLabels).observe(stage.labels[0].text);
    if (options.led) return; // somebody else leads the camera
    map.setMinZoom(8).setMaxZoom(16);
    frame();
    map.on("resize", () => { if (!stage.moved) frame(); });
    map.on("dragstart", () => { stage.moved = true; });
    map.getContainer().addEventListener("wheel", () => { stage.moved = true; }, { passive: true });
  }

  function frame() {
    stage.map.fitBounds(stage.focus, { padding: [MARGIN, MARGIN], animate: false });
  }

  function addLayer(pane, collection, filter, className, onEachFeature) {
    L.geoJSON(collection, {
      pane, filter, onEachFeature, renderer: L.svg({ pane, padding: 0.5 }), interactive: Boolean(onEachFeature),
      style: (feature) => ({ className: className(feature), weight: null, color: null, fillOpacity: null, fillColor: null }),
    }).addTo(stage.map);
  }

  // A wide wall shows more than the surroundings reach: north, west and east of them the ground goes on, so that no land looks like sea.
  function addGround() {
    const edge = L.geoJSON(data.context).getBounds(), far = 20, lap = 0.01; // degrees; over the outermost line, which is no boundary
    const west = edge.getWest() + lap, east = edge.getEast() - lap, north = edge.getNorth() - lap;
    const coast = 22.69; // degrees north: where the coast leaves the surroundings in the east
    const renderer = L.svg({ pane: "context", padding: 0.5 });
    [[[edge.getSouth(), west - far], [north, west]], [[coast, east], [north, east + far]], [[north, west - far], [north + far, east + far]]].forEach((box) => {
      L.rectangle(box, { pane: "context", className: "city beyond", renderer, interactive: false, weight: 0, fillOpacity: null, fillColor: null }).addTo(stage.map);
    });
  }

  // Leaflet focuses the map at mousedown; the browser then scrolls a half-visible map into view and the click misses its shape.
  function keepPageStill(container) {
    container.focus = () => HTMLElement.prototype.focus.call(container, { preventScroll: true });
  }

  function addHatching(container) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "defs");
    svg.innerHTML = '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
      '<rect class="hatch-ground" width="6" height="6"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>';
    container.appendChild(svg);
  }

  // Whose material is shown beside the boundaries: on every map of a style that has some.
  function addCredit(container) {
    stage.credit = document.createElement("div");
    stage.credit.className = "credit";
    container.appendChild(stage.credit);
  }

  function giveCredit() {
    const said = [stage.map_style.credit, ...stage.house.credits()].filter(Boolean);
    stage.credit.textContent = [...new Set(said)].join(" · ");
    stage.credit.hidden = !said.length;
  }

  function makeSelectable(layer, adcode) {
    if (!stage.led) layer.on("click", () => select(adcode));
    layer.on("add", () => {
      const path = layer.getElement();
      if (stage.led) return; // in the show nothing is selected by hand
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      path.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); select(adcode); }
      });
    });
  }

  // Report at once, past streamlit-folium's debounce; show the selection before the server has answered.
  function select(adcode) {
    const next = adcode === stage.map_style.selected ? "" : adcode;
    stage.map_style.selected = next;
    showSelection();
    window.Streamlit.setComponentValue({ selected: next, at: Date.now() });
  }

  // ---- every style --------------------------------------------------------------------------------------------------

  function paint(map, map_style) {
    const names = data.names[map_style.language], words = data.words[map_style.language];
    const muted = map_style.muted_zones || [];
    stage.map_style = map_style;
    map.getContainer().classList.toggle("dark", Boolean(map_style.dark));
    Object.entries(map_style.shapes).forEach(([adcode, shape]) => {
      const lines = [map_style.head, ...(shape.lines || [])].filter(Boolean);
      dress(stage.districts[adcode], names.districts[adcode], shape, lines);
    });
    Object.entries(stage.zones).forEach(([id, layer]) => {
      dress(layer, names.zones[id], { muted: muted.includes(id), outline: true }, [names.clusters[id], words.schematic]);
    });
    map.getContainer().setAttribute("aria-label", words.map);
    map.getContainer().querySelectorAll(".leaflet-control-zoom a").forEach((link, i) => {
      link.title = i ? words.zoomOut : words.zoomIn;
      link.setAttribute("aria-label", link.title);
    });
    showSelection();
    stage.house.dress(map_style);
    stage.labels.forEach((label) => label.dress(names, map_style));
    stage.tenants.dress(map_style);
    placeLabels();
    document.body.dataset.painted = String(Number(document.body.dataset.painted || 0) + 1);
  }

  function dress(layer, name, shape, lines) {
    const path = layer.getElement();
    path.style.fill = shape.fill || (shape.outline ? "" : "url(#hatch)");
    path.classList.toggle("muted", Boolean(shape.muted));
    path.classList.toggle("no-data", !shape.fill && !shape.muted && !shape.outline);
    path.setAttribute("aria-label", [name, ...lines].join(", "));
    // Bound once: Leaflet keeps listeners of tooltips that are taken off again.
    if (layer.getTooltip()) layer.setTooltipContent(tooltip(name, lines));
    else layer.bindTooltip(tooltip(name, lines), { sticky: true, direction: "auto", className: "tip", opacity: 1 });
  }

  function tooltip(name, lines) {
    const box = document.createElement("div");
    [name, ...lines].forEach((line, i) => {
      const element = document.createElement(i ? "div" : "strong");
      element.textContent = line;
      box.appendChild(element);
    });
    return box;
  }

  function showSelection() {
    const selected = stage.map_style.selected || "";
    Object.entries(stage.districts).forEach(([adcode, layer]) => {
      const on = adcode === selected;
      layer.getElement().classList.toggle("selected", on);
      layer.getElement().setAttribute("aria-pressed", String(on));
    });
    // An outline of its own, above the rivers: along Haizhu they would cover it nearly all round.
    if (stage.outline) { stage.outline.remove(); stage.outline = null; }
    if (stage.districts[selected]) {
      const corners = stage.districts[selected].getLatLngs();
      const options = { pane: "selection", className: "outline", interactive: false, fill: false, weight: null, color: null };
      stage.outline = L.polygon(corners, options).addTo(stage.map);
    }
  }

  // ---- names and marks ----------------------------------------------------------------------------------------------

  function addLabels() {
    const each = (anchors, kind, table) => Object.entries(anchors).forEach(([id, at]) => makeLabel(kind, id, at, table));
    each(data.zoneAnchors, "zone", "zones");
    each(data.districtAnchors, "district", "districts");
    each(data.places, "place", "places");
    each(data.cityAnchors, "city", "cities");
  }

  function makeLabel(kind, id, at, table) {
    const text = document.createElement("span");
    const mark = document.createElement("i");
    [[mark, "mark-holder"], [text, "name-holder"]].forEach(([element, name]) => L.marker(at, {
      icon: L.divIcon({ className: name, html: element, iconSize: null }), interactive: false, keyboard: false,
    }).addTo(stage.map));
    const tier = kind === "place" ? "place" : data.marks[id];
    let line = null;
    stage.labels.push({
      at, text, kind, id, fixed: kind === "city",
      dress(names, map_style) {
        this.shown = kind !== "place" || (map_style.places || []).includes(Number(id));
        this.marked = this.shown && Boolean(tier);
        const shape = (kind === "district" && map_style.shapes[id]) || {};
        const muted = shape.muted || (map_style.muted_zones || []).includes(id);
        text.textContent = names[table][id];
        text.className = "name name-" + kind + (muted ? " muted" : "");
        mark.className = this.marked ? "mark mark-" + tier : "";
      },
      place(offset) {
        text.style.visibility = offset ? "" : "hidden";
        if (kind === "place") mark.style.visibility = text.style.visibility;
        if (line) { line.remove(); line = null; }
        if (!offset) return;
        text.style.transform = `translate(calc(-50% + ${offset[0]}px), calc(-50% + ${offset[1]}px))`;
        if (Math.hypot(offset[0] * 0.6, offset[1]) > 21 * stage.scale) {
          const end = stage.map.layerPointToLatLng(stage.map.latLngToLayerPoint(at).add([offset[0] * 0.7, offset[1] * 0.7]));
          line = L.polyline([at, end], { pane: "leaders", className: "leader", weight: null, color: null, interactive: false }).addTo(stage.map);
        }
      },
    });
  }

  // The name of a feature of the office's layers; what is drawn of it, a point for example, is its mark.
  function makeHouseLabel(layer, at, names) {
    const text = document.createElement("span");
    L.marker(at, { icon: L.divIcon({ className: "name-holder", html: text, iconSize: null }), interactive: false, keyboard: false }).addTo(stage.map);
    text.className = "name name-house";
    stage.labels.push({
      at, text, kind: "house", id: layer.id, shown: true, marked: layer.draw === "point",
      dress(_, map_style) { text.textContent = names[map_style.language]; },
      place(offset) {
        text.style.visibility = offset ? "" : "hidden";
        if (offset) text.style.transform = `translate(calc(-50% + ${offset[0]}px), calc(-50% + ${offset[1]}px))`;
      },
    });
  }

  // Greedy: each name in turn takes the first spot around its mark that is free of other names and marks; tenants come before places, neighbours' names give way.
  function placeLabels() {
    if (!stage.map_style || stage.flying) return;
    stage.house.zoom();
    giveCredit();
    const view = stage.map.getBounds(), isShown = (label) => label.shown && (label.kind !== "house" || (stage.house.isShown(label.id) && view.contains(label.at)));
    const shown = stage.labels.filter(isShown), marked = shown.filter((label) => label.marked && label.kind !== "place" && label.kind !== "house");
    const boxes = marked.map(markBox);
    const dots = stage.tenants.dots(box);
    boxes.push(...dots);
    if (!stage.credit.hidden) boxes.push(creditBox());
    stage.labels.filter((label) => !shown.includes(label)).forEach((label) => label.place(null));
    const before = (label) => label.kind === "zone" || label.kind === "district";
    shown.filter(before).forEach((label) => placeLabel(label, marked, boxes));
    stage.tenants.place(boxes, dots, box, overlap);
    const turns = ["place", "house", "city"], turn = (label) => turns.indexOf(label.kind);
    shown.filter((label) => !before(label)).sort((a, b) => turn(a) - turn(b)).forEach((label) => placeLabel(label, marked, boxes));
  }

  function placeLabel(label, marked, boxes) {
    const point = stage.map.latLngToContainerPoint(label.at);
    const width = label.text.offsetWidth + 2, height = label.text.offsetHeight;
    const others = marked.filter((other) => other !== label).map((other) => stage.map.latLngToContainerPoint(other.at)).concat(stage.tenants.points());
    const spots = candidates(label, width, height).filter((offset) => {
      const spot = box(point.add(offset), width, height);
      return !boxes.some((other) => overlap(spot, other));
    });
    // A name inside another district, or nearer to another's mark than to its own, would be read as the other's.
    const clear = (offset) => others.every((other) => point.add(offset).distanceTo(other) > Math.hypot(...offset) + 4);
    const home = (offset) => Math.hypot(...offset) < REACH * stage.scale && isAtHome(label, stage.map.containerPointToLayerPoint(point.add(offset)));
    if (label.kind === "place" || label.kind === "house") {
      placePlace(label, point, spots.filter((offset) => apart(point, offset, width, height, others)), marked, boxes);
      return;
    }
    const free = spots.find((offset) => clear(offset) && home(offset)) || spots.find(home) || spots.find(clear) || spots[0];
    if (free) boxes.push(box(point.add(free), width, height));
    label.place(free);
  }

  // A place whose mark is covered, or whose name has no room beside it, is left out.
  function placePlace(label, point, spots, marked, boxes) {
    const width = label.text.offsetWidth + 2, height = label.text.offsetHeight, size = stage.map.getSize();
    const near = ([x, y]) => Math.abs(x) < NEAR * stage.scale + width / 2 && Math.abs(y) < NEAR * stage.scale;
    const inside = ([x, y]) => {
      const [left, top, right, bottom] = box(point.add([x, y]), width, height);
      return left >= 0 && top >= 0 && right <= size.x && bottom <= size.y;
    };
    const covered = label.marked && boxes.some((other) => overlap(markBox(label), other));
    const free = covered ? null : spots.find((offset) => near(offset) && inside(offset));
    if (free) {
      boxes.push(box(point.add(free), width, height));
      if (label.marked) {
        boxes.push(markBox(label));
        marked.push(label);
      }
    }
    label.place(free);
  }

  function markBox(label) {
    return box(stage.map.latLngToContainerPoint(label.at), 8 * stage.scale, 8 * stage.scale);
  }

  // Whether the edge of a name is nearer to its own mark than to any other.
  function apart(point, offset, width, height, others) {
    const [left, top, right, bottom] = box(point.add(offset), width, height);
    const far = (at) => Math.hypot(Math.max(left - at.x, 0, at.x - right), Math.max(top - at.y, 0, at.y - bottom));
    return others.every((other) => far(other) > far(point) + 1);
  }

  function creditBox() {
    const size = stage.map.getSize();
    return [size.x - stage.credit.offsetWidth, size.y - stage.credit.offsetHeight, size.x, size.y];
  }

  // Whether a point lies in the label's own district, or in none.
  function isAtHome(label, at) {
    if (label.kind !== "district") return true;
    const inside = Object.entries(stage.districts).find(([, layer]) => layer.getElement().isPointInFill(new DOMPoint(at.x, at.y)));
    return !inside || inside[0] === label.id;
  }

  function candidates(label, width, height) {
    if (label.fixed) return [[0, 0]];
    const around = DISTANCES.map((distance) => distance * stage.scale).flatMap((distance) => DIRECTIONS.map(([x, y]) => [
      x * (distance + (x ? width / 2 - 6 * stage.scale : 0)), y * (distance + (y ? height / 2 - 7 * stage.scale : 0)),
    ]));
    if (label.marked) return around;
    const nearby = [0, 8, -8, 15].flatMap((y) => [0, 14, -14, 26, -26, 38, -38].map((x) => [x * stage.scale, y * stage.scale]));
    return [...nearby.sort((a, b) => Math.hypot(...a) - Math.hypot(...b)), ...around];
  }

  function box(point, width, height) {
    return [point.x - width / 2, point.y - height / 2, point.x + width / 2, point.y + height / 2];
  }

  function overlap(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }

  // While the camera moves, names are hidden and stay where they are; they are placed once it rests.
  function hold(flying) {
    stage.flying = flying;
    stage.map.getContainer().classList.toggle("flying", flying);
    if (!flying) placeLabels();
  }

  window.clusterMap = { mount, paint, hold };
})();
