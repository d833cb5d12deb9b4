// Tenants where they are: a dot at each site, and beside dots near each other one list with symbol, name and status, as geo/maps/stacks.py draws it on
// paper. map-names.js says where there is room. All text is set as text.
(function () {
  "use strict";

  const TOGETHER = 40; // pixels: tenants no further apart than this are listed together
  const DISTANCES = [14, 44, 30, 64, 96, 136]; // between the middle of the sites and the edge of their list; the first for one tenant only
  const DIRECTIONS = [[0, -1], [0.3, -1], [-0.3, -1], [0, 1], [0.3, 1], [-0.3, 1], [1, 0], [-1, 0], [0.6, -1], [-0.6, -1], [0.6, 1], [-0.6, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];
  const LED = 20; // a list of several, or further off, gets a line to its sites
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

    // Put the lists where nothing of `taken` lies, and add what they cover to it; one that finds no room is left out.
    function place(taken, dots, box, overlap) {
      clear();
      groups().forEach((group) => {
        const list = document.createElement("div");
        list.className = "tenants";
        list.append(...group.map((tenant) => tenant.line));
        const middle = group.map(point).reduce((sum, one) => sum.add(one), L.point(0, 0)).divideBy(group.length);
        const holder = marker(stage.map.containerPointToLatLng(middle), "tenants-holder", list);
        L.DomEvent.disableClickPropagation(list);
        const names = taken.filter((other) => !dots.includes(other));
        lists.push([holder]);
        let width, height;
        const fitting = () => {
          [width, height] = [list.offsetWidth, list.offsetHeight];
          const free = spots(group.length, middle, width, height).filter((at) => !taken.some((other) => overlap(box(at, width, height), other)));
          return free.find((at) => !crossed(middle, box(at, width, height), names)) || free[0];
        };
        let centre = fitting();
        if (!centre) { // on a phone the symbol says the status alone
          list.classList.add("short");
          centre = fitting();
        }
        if (!centre) {
          list.remove();
          return;
        }
        list.style.transform = `translate(${centre.x - middle.x - width / 2}px, ${centre.y - middle.y - height / 2}px)`;
        const covered = box(centre, width, height);
        taken.push(covered, ...lead(group, covered).map((at) => box(at, LINE * stage.scale, LINE * stage.scale)));
      });
      const again = tenants.find((tenant) => tenant.company === held);
      if (again) again.line.focus({ preventScroll: true });
      held = "";
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

    // Whether the line to a list runs through a name or mark.
    function crossed(start, list, names) {
      const way = steps(start, nearest(start, list));
      return names.some(([left, top, right, bottom]) => way.some(({ x, y }) => left < x && x < right && top < y && y < bottom));
    }

    // Draw the line from the nearest site to the list, and return points along it.
    function lead(group, list) {
      const ends = group.map((tenant) => [point(tenant), nearest(point(tenant), list)]);
      const [from, to] = ends.reduce((best, end) => (end[0].distanceTo(end[1]) < best[0].distanceTo(best[1]) ? end : best));
      if (group.length === 1 && from.distanceTo(to) <= LED * stage.scale) return [];
      const line = [from, to].map((end) => stage.map.containerPointToLatLng(end));
      lists.at(-1).push(L.polyline(line, { pane: "leaders", className: "leader", weight: null, color: null, interactive: false }).addTo(stage.map));
      return steps(from, to);
    }

    return { dress, place, points: () => tenants.map(point), dots: (box) => tenants.map((tenant) => box(point(tenant), DOT * stage.scale, DOT * stage.scale)) };
  }

  window.clusterTenants = { attach };
})();
