// The keyboard on a page's map: arrows lead from district to district, and a link before them leads past the map. Loaded before map.js.
(function () {
  "use strict";

  const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }; // on the screen: down is more
  const WIDEST = Math.cos(Math.PI / 3); // what lies further off the arrow's direction is not meant
  const MARGIN = 40; // pixels kept between the edge of the map and the district that the keyboard is on

  // Districts that touch: they share two corners or more.
  function neighbours(districts) {
    const corners = {};
    districts.features.forEach((feature) => {
      const flat = feature.geometry.coordinates.flat(feature.geometry.type === "MultiPolygon" ? 2 : 1);
      corners[feature.properties.adcode] = new Set(flat.map(String));
    });
    const touch = (a, b) => [...corners[a]].filter((corner) => corners[b].has(corner)).length > 1;
    const codes = Object.keys(corners);
    return Object.fromEntries(codes.map((a) => [a, codes.filter((b) => b !== a && touch(a, b))]));
  }

  // The nearest in a direction, of those that touch, else of all: an arrow leads on wherever there is somewhere to go.
  function next(from, [x, y], touching, places) {
    const ahead = Object.keys(places).filter((code) => code !== from).map((code) => {
      const right = places[code].x - places[from].x, down = places[code].y - places[from].y, far = Math.hypot(right, down);
      return { code, far, towards: (right * x + down * y) / far };
    }).filter((each) => each.towards >= WIDEST).sort((a, b) => a.far / a.towards - b.far / b.towards);
    return (ahead.find((each) => touching[from].includes(each.code)) || ahead[0] || {}).code;
  }

  function attach(stage, data) {
    const touching = neighbours(data.districts);
    Object.entries(stage.districts).forEach(([adcode, layer]) => {
      layer.getElement().addEventListener("keydown", (event) => {
        const arrow = ARROWS[event.key];
        if (!arrow || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        event.stopPropagation(); // Leaflet would move the map
        const places = {};
        Object.keys(stage.districts).forEach((code) => { places[code] = stage.map.latLngToLayerPoint(data.districtAnchors[code]); });
        const to = next(adcode, arrow, touching, places);
        if (!to) return;
        stage.districts[to].getElement().focus({ preventScroll: true });
        stage.map.panInside(data.districtAnchors[to], { padding: [MARGIN, MARGIN] });
      });
    });
    return addSkip(stage.map.getContainer());
  }

  // The first thing in the frame that the keyboard reaches; where it leads is in the page around.
  function addSkip(container) {
    const link = document.createElement("a");
    link.className = "skip";
    link.href = "#";
    link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
    container.before(link);
    return { tell: (words) => { link.textContent = words.skip; } };
  }

  function leave() {
    const frame = window.frameElement;
    if (!frame) return;
    const own = frame.closest("[data-testid=stElementContainer]") || frame;
    const after = [...frame.ownerDocument.querySelectorAll("[data-testid=stElementContainer]")].find((element) => (
      own.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING && !element.contains(frame) && element.getClientRects().length));
    if (!after) return;
    after.tabIndex = -1;
    after.focus();
  }

  window.clusterMapKeys = { attach };
})();
