// What of a map's names, marks and lines misleads, measured in the browser without the program that placed them: sentences, none where all is well.
(map, homes) => {
  const seen = (element) => getComputedStyle(element).visibility === "visible" && element.getBoundingClientRect().width > 0;
  const paths = Object.fromEntries([...map.querySelectorAll("path.district")].map((path) =>
    [path.getAttribute("class").match(/district-(\d+)/)[1], { path, inverse: path.getScreenCTM().inverse(), box: path.getBoundingClientRect() }]));
  const isIn = (code, x, y) => paths[code].path.isPointInFill(new DOMPoint(x, y).matrixTransform(paths[code].inverse));
  const frame = map.getBoundingClientRect(), found = [];
  const rect = (element) => { const { left, top, right, bottom } = element.getBoundingClientRect(); return { left, top, right, bottom }; };
  const apart = (a, b) => Math.hypot(Math.max(a.left - b.right, 0, b.left - a.right), Math.max(a.top - b.bottom, 0, b.top - a.bottom));
  const middle = (box) => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });
  const point = ({ x, y }) => ({ left: x, right: x, top: y, bottom: y });
  const through = ([a, b], box, gap) => Array.from({ length: 101 }, (_, i) => point({ x: a.x + (b.x - a.x) * i / 100, y: a.y + (b.y - a.y) * i / 100 }))
    .some((one) => apart(one, box) <= gap);
  const side = (p, q, r) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  const cross = ([a, b], [c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
  const pad = ({ left, top, right, bottom }, by) => ({ left: left + by, top: top + by, right: right - by, bottom: bottom - by });

  const every = [...map.querySelectorAll(".name")].filter(seen).map((element) => ({ text: element.textContent, box: rect(element), element }));
  const names = every.filter(({ element }) => element.matches(".name-district, .name-zone"));
  const marks = [...map.querySelectorAll(".mark")].filter((mark) => seen(mark) && apart(rect(mark), frame) === 0).map((element) => ({ element, box: rect(element) }));
  names.forEach((name) => { // the mark was put on the map right before its name
    const holder = name.element.closest(".name-holder").previousElementSibling;
    name.mark = marks.find(({ element }) => holder.contains(element));
    name.anchor = name.mark ? name.mark.box : point(middle(rect(holder.firstElementChild)));
    name.scale = name.element.getBoundingClientRect().width / name.element.offsetWidth;
    name.zone = name.element.matches(".name-zone");
    name.home = homes[name.text];
    name.unit = parseFloat(getComputedStyle(name.element).fontSize) / (name.zone ? 13 : 12) * name.element.getBoundingClientRect().width / name.element.offsetWidth;
    name.size = [name.box.right - name.box.left, name.box.bottom - name.box.top];
  });
  const lines = [...map.querySelectorAll(".leader")].map((path) => {
    const to = path.getScreenCTM(), length = path.getTotalLength();
    return [path.getPointAtLength(0), path.getPointAtLength(length)].map((at) => at.matrixTransform(to));
  });
  const share = (code, { left, top, right, bottom }, stop) => {
    let inside = 0, out = 0;
    for (let row = 0; row < 5; row++) for (let column = 0; column < 9; column++) {
      if (isIn(code, left + (column + 0.5) / 9 * (right - left), top + (row + 0.5) / 5 * (bottom - top))) inside += 1; else if ((out += 1) > stop) return 0;
    }
    return inside / 45;
  };
  const unled = new Set(names);
  const owner = (line) => every.find((name) => apart(point(line[1]), name.box) < 2.5 && (!name.anchor || apart(point(line[0]), name.anchor) < 2.5 || (!name.mark && isIn(name.home, line[0].x, line[0].y))));
  lines.forEach((line, i) => {
    const own = owner(line);
    const called = own ? own.text : `of a list at ${Math.round(line[1].x)}, ${Math.round(line[1].y)}`;
    unled.delete(own);
    lines.slice(i + 1).forEach((other) => { if (cross(line, other)) found.push(`the lines to ${called} and ${(owner(other) || { text: "a list" }).text} cross`); });
    every.forEach((name) => { if (name !== own && through(line, pad(name.box, 1.5), 0)) found.push(`the line to ${called} runs behind ${name.text}`); });
    if (own && own.anchor) marks.forEach((mark) => {
      if (mark !== own.mark && !mark.element.matches(".mark-dot, .mark-place") && through(line, point(middle(mark.box)), mark.element.offsetWidth / 2 * own.scale)) found.push(`the line to ${called} runs through ${(names.find((name) => name.mark === mark) || {}).text || "a mark"}'s mark`);
    });
  });
  names.forEach((name, i) => {
    const others = marks.filter((mark) => mark !== name.mark && !mark.element.matches(".mark-dot, .mark-place"));
    const inside = share(name.home, name.box, 45), own = apart(name.anchor, name.box);
    const call = (mark) => (names.find((other) => other.mark === mark) || { text: "a mark without a name" }).text;
    names.slice(i + 1).forEach((other) => { if (apart(pad(name.box, 1), pad(other.box, 1)) === 0) found.push(`${name.text} and ${other.text} lie over each other`); });
    Object.keys(paths).forEach((code) => { if (code !== name.home && share(code, name.box, 45) > 0.1) found.push(`${name.text} lies in ${code}`); });
    if (inside < 0.9 && inside > 0) found.push(`${name.text} lies half in its district`);
    if (name.zone) marks.filter((mark) => mark !== name.mark && mark.element.matches(".mark-headquarters, .mark-second")).forEach((mark) => {
      if (apart(mark.box, name.box) <= own) found.push(`${name.text} is nearer to ${call(mark)}'s mark than to its own`);
    });
    if (inside) return;
    if (unled.has(name)) found.push(`no line leads to ${name.text}`);
    others.forEach((mark) => { if (apart(mark.box, name.box) < Math.min(own, 4 * name.unit)) found.push(`${name.text} stands right beside the mark of ${call(mark)}`); });
    // Is there room at home, as everything else stands?
    const { box } = paths[name.home], [width, height] = name.size;
    const taken = [...every.filter((other) => other !== name).map((other) => other.box), ...marks.map((mark) => mark.box)];
    const least = Math.max(...name.size.map((one, j) => one / [box.right - box.left, box.bottom - box.top][j]));
    if (least > 1) return;
    for (let y = Math.max(box.top, frame.top); y + height < Math.min(box.bottom, frame.bottom); y += 3) for (let x = Math.max(box.left, frame.left); x + width < Math.min(box.right, frame.right); x += 3) {
      const spot = { left: x, top: y, right: x + width, bottom: y + height };
      if (taken.some((other) => apart(other, spot) < 2) || lines.some((line) => owner(line) !== name && through(line, spot, 2))) continue;
      if (share(name.home, spot, 1) > 0 && others.every((mark) => apart(mark.box, spot) > apart(name.anchor, spot) + 2)) { found.push(`${name.text} has room in its district at ${Math.round(x)}, ${Math.round(y)}`); return; }
    }
  });
  return [...new Set(found)];
}
