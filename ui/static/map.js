// Draws the constant map once (mount) and repaints it (paint). Runs inside streamlit-folium's frame and in the show (show.js); geometry comes from
// clusterMapData, names are placed by map-names.js.
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const MARGIN = 12; // pixels kept free around the opening view
  let stage = null;
  let data = null;

  // ---- once a map ---------------------------------------------------------------------------------------------------

  function mount(map, options) {
    data = window.clusterMapData; // of the version of the data that this map shows
    stage = { map, focus: options.focus, scale: options.scale || 1, led: options.led, framed: !options.led && Boolean(window.frameElement), districts: {}, zones: {}, names: null, map_style: null };
    ["context", "districts", "rivers", "house", "zones", "selection", "leaders"].forEach((name, i) => {
      map.createPane(name).style.zIndex = 300 + 10 * i;
    });
    ["context", "rivers", "house", "selection", "leaders"].forEach((name) => { map.getPane(name).style.pointerEvents = "none"; });
    keepPageStill(map.getContainer());
    addHatching(map.getContainer());
    window.addEventListener("resize", look);
    look();
    addLayer("districts", data.districts, null, (f) => "district district-" + f.properties.adcode, (f, layer) => {
      stage.districts[f.properties.adcode] = layer;
      makeSelectable(layer, f.properties.adcode);
    });
    addLayer("zones", data.zones, null, (f) => "zone zone-" + f.properties.cluster_id, (f, layer) => {
      stage.zones[f.properties.cluster_id] = layer;
      makeSelectable(layer, f.properties.adcode);
    });
    stage.names = window.clusterNames(stage, data);
    stage.house = window.clusterHouse.attach(stage, data.house || [], stage.names.add);
    stage.tenants = window.clusterTenants.attach(stage, data);
    addCredit(map.getContainer());
    map.on("moveend resize", nameSoon);
    // The style sheet may come after the first paint, which then measured other letters.
    if (stage.names.first && window.ResizeObserver) new ResizeObserver(nameSoon).observe(stage.names.first);
    if (options.led) return; // somebody else leads the camera
    stage.keys = window.clusterMapKeys.attach(stage, data);
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

  // A frame gets its height after the first paint; what is drawn in one without would only keep that waiting.
  function look() {
    if (!stage.seen && window.innerHeight) {
      stage.seen = true;
      setTimeout(addSurroundings); // after the districts have been painted
    }
    nameSoon();
  }

  function addSurroundings() {
    addLayer("context", data.context, (f) => f.properties.kind === "city", () => "city");
    addGround();
    addLayer("rivers", data.context, (f) => f.properties.kind === "river", () => "river");
  }

  // A wide wall or page shows more than the surroundings reach: north, west and east of them the ground goes on, so that no land looks like sea.
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
    if (stage.keys) stage.keys.tell(words);
    document.documentElement.lang = map_style.language === "zh" ? "zh-CN" : map_style.language;
    if (window.frameElement) window.frameElement.title = words.map;
    map.getContainer().querySelectorAll(".leaflet-control-zoom a").forEach((link, i) => {
      link.title = i ? words.zoomOut : words.zoomIn;
      link.setAttribute("aria-label", link.title);
    });
    showSelection();
    stage.house.dress(map_style);
    stage.names.dress(map_style);
    stage.tenants.dress(map_style);
    nameSoon();
    document.body.dataset.painted = String(Number(document.body.dataset.painted || 0) + 1);
  }

  function dress(layer, name, shape, lines) {
    const path = layer.getElement();
    path.style.fill = shape.fill || (shape.outline ? "" : "url(#hatch)");
    path.classList.toggle("muted", Boolean(shape.muted));
    path.classList.toggle("no-data", !shape.fill && !shape.muted && !shape.outline);
    if (!path.hasAttribute("role")) path.setAttribute("role", "img"); // where nothing is selected by hand
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
      if (!stage.led) layer.getElement().setAttribute("aria-pressed", String(on));
    });
    // An outline of its own, above the rivers: along Haizhu they would cover it nearly all round.
    if (stage.outline) { stage.outline.remove(); stage.outline = null; }
    if (stage.districts[selected]) {
      const corners = stage.districts[selected].getLatLngs();
      const options = { pane: "selection", className: "outline", interactive: false, fill: false, weight: null, color: null };
      stage.outline = L.polygon(corners, options).addTo(stage.map);
    }
  }

  // On a page colours come first, and names once for all that asked for them until then; in the show there is time between two slides.
  function nameSoon() {
    if (!stage.framed) { placeNames(); return; }
    delete document.body.dataset.named;
    if (stage.due) return;
    stage.due = true;
    requestAnimationFrame(() => setTimeout(() => { stage.due = false; placeNames(); }));
  }

  function placeNames() {
    if (!stage.map_style || stage.flying || !stage.seen) return;
    stage.house.zoom();
    giveCredit();
    stage.names.place();
    document.body.dataset.named = "true";
  }

  // While the camera moves, names are hidden and stay where they are; they are placed once it rests.
  function hold(flying) {
    stage.flying = flying;
    stage.map.getContainer().classList.toggle("flying", flying);
    if (!flying) placeNames();
  }

  window.clusterMap = { mount, paint, hold };
})();
