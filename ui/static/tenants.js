// Tenants where they are: a dot at each site, and beside dots near each other one list with symbol, name and status, as geo/maps/stacks.py draws it on
// paper. map-names.js says where there is room. All text is set as text.
(function () {
  "use strict";

  const TOGETHER = 40; // pixels: tenants no further apart than this are listed together
  const DISTANCES = [14, 44, 30, 64, 96, 136]; // between the middle of the sites and the edge of their list; the first for one tenant only
  const DIRECTIONS = [[0, -1], [0.3, -1], [-0.3, -1], [0, 1], [0.3, 1], [-0.3, 1], [1, 0], [-1, 0], [0.6, -1], [-0.6, -1], [0.6, 1], [-0.6, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];
  const JOINED = 120; // those without a clear spot join a list no further off than this
  const LED = 20, CLEAR = 3; // a list of several, one further off, or not nearer to its dot than to any other gets a line to its sites
  const DOT = 5, LINE = 3; // what a dot and a line keep free

  function attach(stage, data) {
    let tenants = [], lists = [];
    let held = ""; // the company whose line the keyboard is on, while lists are made anew

    const marker = (at, className, element) => L.marker(at, {
      icon: L.divIcon({ className, html: element, iconSize: null }), interactive: false, keyboard: false,
    }).addTo(stage.map);
    const point = (tenant) => stage.map.latLngToContainerPoint(tenant.at);

    // ---- every style ----

    function dress(map_style) {
      clear();
      tenants.forEach((tenant) => tenant.dot.remove());
      tenants = (map_style.tenants || []).map((entry) => {
        const dot = document.createElement("i"), line = document.createElement(stage.led ? "div" : "button");
        const tenant = { ...entry, at: data.places[entry.place], line, mark: dot };
        dot.className = "mark mark-dot";
        tenant.dot = marker(tenant.at, "mark-holder", dot);
        line.className = "tenant";
        line.append(symbol(entry.status), words("company", entry.name), words("detail", entry.detail));
        line.title = entry.name; // the style sheet cuts a long one
        if (!stage.led) listen(tenant);
        return tenant;
      });
      choose(map_style.tenant || "");
    }

    function symbol(status) {
      const mark = document.createElement("i");
      mark.className = `symbol symbol-${status}`;
      mark.style.setProperty("--share", `${100 * (data.shares[status] || 0)}%`);
      return mark;
    }

    function words(name, text) {
      const span = document.createElement("span");
      span.className = name;
      span.textContent = text;
      return span;
    }

    function listen(tenant) {
      const { line, company } = tenant;
      line.type = "button";
      line.onclick = () => {
        const next = stage.map_style.tenant === company ? "" : company;
        choose(next);
        window.Streamlit.setComponentValue({ selected: stage.map_style.selected || "", tenant: next, at: Date.now() });
      };
      const light = (on) => tenant.mark.classList.toggle("near", on);
      line.onmouseenter = line.onfocus = () => light(true);
      line.onmouseleave = line.onblur = () => light(false);
    }

    function choose(company) {
      stage.map_style.tenant = company;
      tenants.forEach((tenant) => {
        const on = tenant.company === company;
        tenant.mark.classList.toggle("chosen", on);
        tenant.line.classList.toggle("chosen", on);
        if (!stage.led) tenant.line.setAttribute("aria-pressed", String(on));
      });
    }

    // ---- every zoom ----

    function clear() {
      const focused = document.hasFocus() && tenants.find((tenant) => tenant.line === document.activeElement);
      if (focused) held = focused.company;
      drop();
    }

    function drop() {
      lists.forEach((parts) => parts.forEach((part) => part.remove()));
      lists = [];
    }

    function groups() {
      let found = [];
      tenants.forEach((tenant) => {
        const near = found.filter((group) => group.some((other) => point(other).distanceTo(point(tenant)) <= TOGETHER * stage.scale));
        found = [...found.filter((group) => !near.includes(group)), [...near.flat(), tenant]];
      });
      return found;
    }

    // Put the lists where nothing of `taken` lies, and add what they cover to it. A list that would be read as another site's joins the nearest one and all
    // are placed again; one that finds no room is left out.
    function place(taken, dots, box, overlap) {
      clear();
      const count = taken.length, ground = { taken, dots, box, overlap };
      let sets = groups(), stuck = null;
      do {
        drop();
        taken.length = count;
        stuck = sets.find((group) => !list(group, sets, ground));
        if (stuck) sets = joined(sets, stuck);
      } while (stuck);
      const again = tenants.find((tenant) => tenant.company === held);
      if (again) again.line.focus({ preventScroll: true });
      held = "";
    }

    // Returns whether a list may stay: false where it has no clear spot and another one to join.
    function list(group, sets, { taken, dots, box, overlap }) {
      const element = document.createElement("div");
      element.className = "tenants";
      element.append(...group.map((tenant) => tenant.line));
      const middle = centre(group), holder = marker(stage.map.containerPointToLatLng(middle), "tenants-holder", element);
      L.DomEvent.disableClickPropagation(element);
      lists.push([holder]);
      const names = taken.filter((other) => !dots.includes(other));
      let width, height;
      const around = (at) => box(at, width, height);
      const fitting = (clear) => {
        [width, height] = [element.offsetWidth, element.offsetHeight];
        const free = spots(group.length, middle, width, height).filter((at) => !taken.some((other) => overlap(around(at), other)));
        return free.find((at) => isBeside(group, around(at))) || free.find((at) => !crossed(group, around(at), names)) || (clear ? null : free[0]);
      };
      let at = fitting(true);
      if (!at && neighbour(sets, group)) return false;
      [[true, true], [false, false], [true, false]].forEach(([short, clear]) => { // on a phone the symbol says the status alone, before a line runs through a name
        if (at) return;
        element.classList.toggle("short", short);
        at = fitting(clear);
      });
      if (!at) { element.remove(); return true; }
      element.style.transform = `translate(${at.x - middle.x - width / 2}px, ${at.y - middle.y - height / 2}px)`;
      taken.push(around(at), ...lead(group, around(at)).map((step) => box(step, LINE * stage.scale, LINE * stage.scale)));
      return true;
    }

    const centre = (group) => group.map(point).reduce((sum, one) => sum.add(one), L.point(0, 0)).divideBy(group.length);

    // The group nearest to one, if that is near enough for one list.
    function neighbour(sets, group) {
      const far = (other) => Math.min(...other.flatMap((one) => group.map((tenant) => point(one).distanceTo(point(tenant)))));
      return sets.filter((other) => other !== group && far(other) <= JOINED * stage.scale).sort((one, other) => far(one) - far(other))[0];
    }

    function joined(sets, group) {
      const near = neighbour(sets, group);
      return sets.filter((one) => one !== group).map((one) => (one === near ? tenants.filter((tenant) => one.includes(tenant) || group.includes(tenant)) : one));
    }

    // Whether the name of one tenant stands at its dot, which is nearer than any other.
    function isBeside(group, spot) {
      const far = (tenant) => point(tenant).distanceTo(nearest(point(tenant), spot)), [own] = group;
      return group.length === 1 && far(own) <= LED * stage.scale && tenants.every((other) => other === own || far(other) > far(own) + CLEAR * stage.scale);
    }

    function spots(count, middle, width, height) {
      const size = stage.map.getSize();
      return DISTANCES.slice(count > 1 ? 1 : 0).flatMap((distance) => DIRECTIONS.map(([x, y]) => (
        middle.add([x * (distance * stage.scale + width / 2), y * (distance * stage.scale + height / 2)])
      ))).filter((at) => at.x >= width / 2 && at.y >= height / 2 && at.x <= size.x - width / 2 && at.y <= size.y - height / 2);
    }

    const nearest = (at, [left, top, right, bottom]) => L.point(Math.min(Math.max(at.x, left), right), Math.min(Math.max(at.y, top), bottom));

    function steps(from, to) {
      return Array.from({ length: 21 }, (_, step) => from.add(to.subtract(from).multiplyBy(step / 20)));
    }

    // From the nearest site to a list.
    function way(group, spot) {
      const ends = group.map((tenant) => [point(tenant), nearest(point(tenant), spot)]);
      return ends.reduce((best, end) => (end[0].distanceTo(end[1]) < best[0].distanceTo(best[1]) ? end : best));
    }

    // Whether the line to a list runs through a name, a mark or the dot of a tenant who is not in it.
    function crossed(group, spot, names) {
      const along = steps(...way(group, spot)), others = tenants.filter((tenant) => !group.includes(tenant)).map(point);
      return names.some(([left, top, right, bottom]) => along.some(({ x, y }) => left < x && x < right && top < y && y < bottom)) ||
        others.some((other) => along.some((step) => step.distanceTo(other) < DOT * stage.scale));
    }

    // Draw the line from the nearest site to the list, and return points along it.
    function lead(group, spot) {
      if (isBeside(group, spot)) return [];
      const [from, to] = way(group, spot), ends = [from, to].map((end) => stage.map.containerPointToLatLng(end));
      lists[lists.length - 1].push(L.polyline(ends, { pane: "leaders", className: "leader", weight: null, color: null, interactive: false }).addTo(stage.map));
      return steps(from, to);
    }

    return { dress, place, points: () => tenants.map(point), dots: (box) => tenants.map((tenant) => box(point(tenant), DOT * stage.scale, DOT * stage.scale)) };
  }

  window.clusterTenants = { attach };
})();
