// Draws the constant map once (mount) and repaints it (paint). Runs inside streamlit-folium's frame; geometry comes from clusterMapData.
(function () {
  "use strict";

  const data = window.clusterMapData;
  const SVG = "http://www.w3.org/2000/svg";
  const DIRECTIONS = [[0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]];
  const DISTANCES = [13, 24, 38, 54]; // pixels between a mark and the middle of its name; names further than 20 get a line
  const MARGIN = 12; // pixels kept free around the opening view
  let stage = null;

  // ---- once a map ---------------------------------------------------------------------------------------------------

  function mount(map, options) {
    stage = { map, focus: options.focus, districts: {}, zones: {}, labels: [], picture: null, lines: null };
    ["context", "districts", "rivers", "zones", "leaders"].forEach((name, i) => {
      map.createPane(name).style.zIndex = 300 + 10 * i;
    });
    ["context", "rivers", "leaders"].forEach((name) => { map.getPane(name).style.pointerEvents = "none"; });
    addHatching(map.getContainer());
    addLayer("context", data.context, (f) => f.properties.kind === "city", () => "city");
    addLayer("rivers", data.context, (f) => f.properties.kind === "river", () => "river");
    addLayer("districts", data.districts, null, (f) => "district district-" + f.properties.adcode, (f, layer) => {
      stage.districts[f.properties.adcode] = layer;
      makeSelectable(layer, f.properties.adcode);
    });
    addLayer("zones", data.zones, null, (f) => "zone zone-" + f.properties.cluster_id, (f, layer) => {
      stage.zones[f.properties.cluster_id] = layer;
      makeSelectable(layer, f.properties.adcode);
    });
    addLabels();
    map.setMinZoom(8).setMaxZoom(16);
    frame();
    map.on("zoomend resize", placeLabels);
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

  function addHatching(container) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "defs");
    svg.innerHTML = '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
      '<rect class="hatch-ground" width="6" height="6"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>';
    container.appendChild(svg);
  }

  function makeSelectable(layer, adcode) {
    layer.on("click", () => select(adcode));
    layer.on("add", () => {
      const path = layer.getElement();
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      path.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); select(adcode); }
      });
    });
  }

  // Report at once, past streamlit-folium's debounce; show the selection before the server has answered.
  function select(adcode) {
    const next = adcode === stage.picture.selected ? "" : adcode;
    stage.picture.selected = next;
    showSelection();
    window.Streamlit.setComponentValue({ selected: next, at: Date.now() });
  }

  // ---- every picture ------------------------------------------------------------------------------------------------

  function paint(map, picture) {
    stage.picture = picture;
    map.getContainer().classList.toggle("dark", picture.dark);
    Object.entries(picture.shapes).forEach(([adcode, shape]) => dress(stage.districts[adcode], shape));
    Object.entries(picture.zones).forEach(([id, shape]) => dress(stage.zones[id], shape));
    map.getContainer().setAttribute("aria-label", picture.words.map || "");
    map.getContainer().querySelectorAll(".leaflet-control-zoom a").forEach((link, i) => {
      link.title = picture.words[i ? "zoomOut" : "zoomIn"] || "";
      link.setAttribute("aria-label", link.title);
    });
    showSelection();
    stage.labels.forEach((label) => label.dress(picture));
    placeLabels();
    document.body.dataset.painted = String(Number(document.body.dataset.painted || 0) + 1);
  }

  function dress(layer, shape) {
    const path = layer.getElement();
    path.style.fill = shape.fill || (path.classList.contains("zone") ? "" : "url(#hatch)");
    path.classList.toggle("muted", shape.muted);
    path.classList.toggle("no-data", !shape.fill && !shape.muted);
    path.setAttribute("aria-label", [shape.name, ...shape.lines].join(", "));
    layer.unbindTooltip().bindTooltip(tooltip(shape), { sticky: true, direction: "auto", className: "tip", opacity: 1 });
  }

  function tooltip(shape) {
    const box = document.createElement("div");
    [shape.name, ...shape.lines].forEach((line, i) => {
      const element = document.createElement(i ? "div" : "strong");
      element.textContent = line;
      box.appendChild(element);
    });
    return box;
  }

  function showSelection() {
    const selected = stage.picture.selected;
    Object.entries(stage.districts).forEach(([adcode, layer]) => {
      const on = adcode === selected;
      layer.getElement().classList.toggle("selected", on);
      layer.getElement().setAttribute("aria-pressed", String(on));
      if (on) layer.bringToFront();
    });
  }

  // ---- names and marks ----------------------------------------------------------------------------------------------

  function addLabels() {
    const add = (kind, at, read, fixed) => stage.labels.push(makeLabel(kind, at, read, fixed));
    Object.entries(data.zoneAnchors).forEach(([id, at]) => add("zone", at, (p) => p.zones[id]));
    Object.entries(data.districtAnchors).forEach(([code, at]) => add("district", at, (p) => p.shapes[code]));
    data.places.forEach((at, i) => add("place", at, (p) => p.places[i] && { name: p.places[i], mark: "place" }));
    Object.entries(data.cityAnchors).forEach(([code, at]) => add("city", at, (p) => p.cities[code] && { name: p.cities[code] }, true));
    stage.lines = L.svg({ pane: "leaders" });
  }

  function makeLabel(kind, at, read, fixed) {
    const text = document.createElement("span");
    const mark = document.createElement("i");
    const icon = (element, name) => L.marker(at, {
      icon: L.divIcon({ className: name, html: element, iconSize: null }), interactive: false, keyboard: false,
    }).addTo(stage.map);
    const markers = [icon(mark, "mark-holder"), icon(text, "name-holder")];
    let line = null;
    return {
      at, fixed, text,
      dress(picture) {
        const shape = read(picture);
        this.shown = Boolean(shape && shape.name);
        this.marked = Boolean(this.shown && shape.mark);
        text.textContent = this.shown ? shape.name : "";
        text.className = "name name-" + kind + (shape && shape.muted ? " muted" : "");
        mark.className = this.marked ? "mark mark-" + shape.mark : "";
      },
      place(offset) {
        text.style.visibility = offset ? "" : "hidden";
        if (line) { line.remove(); line = null; }
        if (!offset) return;
        text.style.transform = `translate(calc(-50% + ${offset[0]}px), calc(-50% + ${offset[1]}px))`;
        if (Math.hypot(offset[0], offset[1]) > 40) {
          const end = stage.map.layerPointToLatLng(stage.map.latLngToLayerPoint(at).add([offset[0] * 0.7, offset[1] * 0.7]));
          line = L.polyline([at, end], { pane: "leaders", className: "leader", weight: null, color: null, interactive: false }).addTo(stage.map);
        }
      },
      markers,
    };
  }

  // Greedy: each name in turn takes the first spot around its mark that is free of other names and marks; neighbours' names give way.
  function placeLabels() {
    if (!stage.picture) return;
    const shown = stage.labels.filter((label) => label.shown);
    const boxes = shown.filter((label) => label.marked).map((label) => box(stage.map.latLngToContainerPoint(label.at), 8, 8));
    stage.labels.filter((label) => !label.shown).forEach((label) => label.place(null));
    shown.forEach((label) => {
      const point = stage.map.latLngToContainerPoint(label.at);
      const width = label.text.offsetWidth + 2, height = label.text.offsetHeight;
      const free = candidates(label, width, height).find((offset) => {
        const spot = box(point.add(offset), width, height);
        return !boxes.some((other) => overlap(spot, other));
      });
      if (free) boxes.push(box(point.add(free), width, height));
      label.place(free);
    });
  }

  function candidates(label, width, height) {
    if (label.fixed) return [[0, 0]];
    const around = DISTANCES.flatMap((distance) => DIRECTIONS.map(([x, y]) => [
      x * (distance + (x ? width / 2 - 6 : 0)), y * (distance + (y ? height / 2 - 7 : 0)),
    ]));
    return label.marked ? around : [[0, 0], ...around];
  }

  function box(point, width, height) {
    return [point.x - width / 2, point.y - height / 2, point.x + width / 2, point.y + height / 2];
  }

  function overlap(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }

  window.clusterMap = { mount, paint };
})();
