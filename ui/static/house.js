// Layers of the office that runs the dashboard (geo/maps/house.py): beneath the names, from their smallest zoom on, only those that the style names.
(function () {
  "use strict";

  const OPACITY = 0.6; // of filled layers: what a district's colour says stays to be seen

  function attach(stage, layers, makeLabel) {
    const drawn = {}; // by id; made when a style names them first
    let shown = [], dark = false;

    const isShown = (id) => shown.some((layer) => layer.id === id && stage.map.getZoom() >= layer.zoom);

    function look(layer) {
      const color = layer.colour[dark ? "dark" : "light"], weight = layer.width * stage.scale;
      if (layer.draw === "line") return { color, weight, opacity: 1, fill: false };
      return { stroke: false, fillColor: color, fillOpacity: layer.draw === "fill" ? OPACITY : 1, radius: weight / 2 };
    }

    function draw(layer) {
      const renderer = L.svg({ pane: "house", padding: 0.5 });
      const options = { pane: "house", renderer, interactive: false, style: () => look(layer), pointToLayer: (_, at) => L.circleMarker(at, { pane: "house", renderer, interactive: false }) };
      drawn[layer.id] = L.geoJSON(layer.shapes, options);
      layer.labels.forEach(([lat, lon, en, zh]) => makeLabel(layer, [lat, lon], { en, zh }));
    }

    function dress(map_style) {
      dark = Boolean(map_style.dark);
      shown = layers.filter((layer) => (map_style.layers || []).includes(layer.id));
      shown.filter((layer) => !drawn[layer.id]).forEach(draw);
      Object.values(drawn).forEach((layer) => layer.remove());
      shown.forEach((layer) => drawn[layer.id].setStyle(look(layer)));
      zoom();
    }

    // In the order of layers.toml: what is added last lies on top.
    function zoom() {
      shown.forEach((layer) => {
        const on = isShown(layer.id), there = stage.map.hasLayer(drawn[layer.id]);
        if (on && !there) drawn[layer.id].addTo(stage.map);
        if (!on && there) drawn[layer.id].remove();
      });
      shown.filter((layer) => isShown(layer.id)).forEach((layer) => drawn[layer.id].bringToFront());
    }

    return { dress, zoom, isShown, credits: () => shown.filter((layer) => isShown(layer.id)).map((layer) => layer.attribution[stage.map_style.language]) };
  }

  window.clusterHouse = { attach };
})();
