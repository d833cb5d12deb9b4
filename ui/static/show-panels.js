// What stands around the map of a slide: text, legend, chart, sources, QR code. All text is set as text.
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function svg(tag, attributes, text) {
    const made = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function fill(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  }

  function legend(box, told, tint) {
    box.replaceChildren();
    box.hidden = !told;
    if (!told) return;
    if (told.title) box.append(element("strong", "", told.unit ? `${told.title} (${told.unit})` : told.title));
    told.swatches.forEach(([colour, label]) => {
      const entry = element("span", "swatch"), patch = element("i", colour ? "" : "hatched");
      if (colour) patch.style.background = tint(colour);
      entry.append(patch, element("span", "", label));
      box.append(entry);
    });
    if (told.note) box.append(element("small", "", told.note));
  }

  function chart(box, told, selected) {
    box.replaceChildren();
    box.hidden = !told;
    if (!told) return;
    const title = element("strong", "", told.title);
    title.append(element("small", "", ` ${told.unit}`));
    box.append(title);
    (told.kind === "ranking" ? ranking : trend)(box, told.bars, selected);
    const drawing = box.querySelector("svg");
    if (drawing) drawing.setAttribute("aria-label", [told.title, ...told.bars.map(([label, , text]) => `${label}: ${text}`)].join(", "));
  }

  function ranking(box, bars, selected) {
    const values = bars.map((bar) => bar[1] || 0), low = Math.min(0, ...values); // from one zero, falls to the left
    const room = Math.max(0, ...values) - low || 1;
    const list = element("div", "bars");
    bars.forEach(([label, value, text, colour, adcode]) => {
      const mark = adcode === selected ? " chosen" : "";
      const track = element("span", "track"), bar = element("i", value === null ? "gap" : "");
      if (value !== null) { bar.style.marginLeft = `${100 * (Math.min(value, 0) - low) / room}%`; bar.style.width = `${100 * Math.abs(value) / room}%`; bar.style.background = colour; }
      track.append(bar);
      list.append(element("span", "bar-name" + mark, label), track, element("span", "bar-value" + mark, text));
    });
    box.append(list);
  }

  // A line over periods, from zero: a gap is a gap.
  function trend(box, bars) {
    const width = 620, height = 250, floor = 200, top = 44;
    const known = bars.filter((bar) => bar[1] !== null).map((bar) => bar[1]);
    const high = Math.max(...known, 0) || 1, low = Math.min(...known, 0);
    const x = (i) => 60 + (i * (width - 120)) / Math.max(1, bars.length - 1);
    const y = (value) => floor - ((value - low) * (floor - top)) / (high - low || 1);
    const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "trend", role: "img" });
    drawing.append(svg("line", { class: "axis", x1: 20, x2: width - 20, y1: y(0), y2: y(0) }));
    let line = "", pen = "M";
    bars.forEach((bar, i) => { if (bar[1] === null) { pen = "M"; } else { line += `${pen}${x(i)} ${y(bar[1])}`; pen = "L"; } });
    drawing.append(svg("path", { class: "curve", d: line }));
    bars.forEach(([label, value, text], i) => {
      drawing.append(svg("text", { x: x(i), y: height - 12, class: "tick" }, label));
      if (value === null) return;
      drawing.append(svg("circle", { cx: x(i), cy: y(value), r: 8, class: "dot" }), svg("text", { x: x(i), y: y(value) - 18, class: "point" }, text));
    });
    box.append(drawing);
  }

  // As many sources as there is room for; all of them are in the notes and in the files.
  function sources(line, face, words) {
    const all = face.sources;
    const tell = (count) => {
      const more = all.length - count;
      const named = all.slice(0, count).join(words.join) + (more > 0 ? ` ${fill(words.more, { count: more })}` : "");
      line.textContent = all.length ? fill(words.sources, { sources: named }) : "";
    };
    for (let count = Math.min(all.length, 4); count >= 0; count -= 1) {
      tell(count);
      if (line.scrollHeight <= line.clientHeight + 2) return;
    }
  }

  // The last line: which data, what signs in the figures mean, and what the map is.
  function stamp(box, said, deck, words) {
    const approval = deck.approval && fill(words.approval, { number: deck.approval });
    box.textContent = [said, words.schematic, approval].filter(Boolean).join(" · ");
  }

  // The largest size at which a text fits its box.
  function fit(box, largest, smallest) {
    for (let size = largest; size >= smallest; size -= 1) {
      box.style.fontSize = `${size}px`;
      if (box.scrollHeight <= box.clientHeight + 1) return;
    }
  }

  // A title, on one line where a smallest size is given and that suffices.
  function title(box, text, smallest) {
    box.textContent = text;
    Object.assign(box.style, { fontSize: "", whiteSpace: smallest ? "nowrap" : "" });
    if (!smallest) return;
    for (let size = parseFloat(getComputedStyle(box).fontSize); size > smallest && box.scrollWidth > box.clientWidth; size -= 1) box.style.fontSize = `${size}px`;
    if (box.scrollWidth > box.clientWidth) box.style.whiteSpace = "";
  }

  function code(box, made, label, address) {
    box.replaceChildren();
    box.hidden = !made;
    if (!made) return;
    const drawing = svg("svg", { viewBox: `0 0 ${made.size} ${made.size}`, role: "img", "aria-label": label });
    drawing.append(svg("rect", { width: made.size, height: made.size, fill: "white" }), svg("path", { d: made.path, fill: "black" }));
    const caption = element("span", "", label);
    caption.append(element("small", "", address || ""));
    box.append(drawing, caption);
  }

  window.showPanels = { element, fill, legend, chart, sources, stamp, fit, title, code };
})();
