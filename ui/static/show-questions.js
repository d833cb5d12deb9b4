// The question mode: find a district or a figure, see its answer on the map, and come back to the exact slide.
(function () {
  "use strict";

  const { element, fill } = window.showPanels;
  const MOST = 6; // answers listed
  const GLIDE = 700;
  const CITY = "440100";

  function attach(show) {
    const box = element("div", "ask"), input = element("input"), list = element("div", "found"), hint = element("small");
    box.hidden = true;
    list.setAttribute("role", "listbox");
    list.id = "briefing-found";
    Object.entries({ role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list" }).forEach(([name, value]) => input.setAttribute(name, value));
    input.setAttribute("autocomplete", "off");
    box.append(input, list, hint);
    show.canvas.append(box);
    let index = null; // made when the first question is asked
    let chosen = 0, ranked = [], found = [], shown = null;

    input.addEventListener("input", () => { chosen = 0; search(); });

    function open() {
      box.hidden = false;
      index = index || makeIndex(show.deck);
      input.value = "";
      input.placeholder = show.words.ask;
      input.setAttribute("aria-label", show.words.ask);
      ranked = found = [];
      shown = null;
      draw();
      input.focus();
    }

    function search() {
      ranked = rank(index, input.value);
      found = ranked.slice(0, MOST);
      if (shown) { show.draw(GLIDE); shown = null; }
      draw();
    }

    function draw() {
      const asked = input.value.trim();
      list.replaceChildren(...found.map((answer, i) => row(answer, i)));
      input.setAttribute("aria-activedescendant", found.length ? `${list.id}-${chosen}` : "");
      if (asked && !found.length) list.append(element("p", "nothing", show.words.nothing));
      const rest = fill(show.words.first, { shown: found.length, count: ranked.length });
      hint.textContent = ranked.length > found.length ? `${rest} · ${show.words.back}` : show.words.back;
    }

    function row(answer, i) {
      const [place, head, value, ...more] = answer.words[show.lang];
      const entry = element("button", i === chosen ? "chosen" : "");
      entry.type = "button";
      entry.setAttribute("role", "option");
      entry.id = `${list.id}-${i}`;
      entry.setAttribute("aria-selected", String(i === chosen));
      entry.append(element("span", "where", `${place} · ${head}`), element("strong", "", value));
      if (shown === answer) more.forEach((line) => entry.append(element("small", "", line)));
      entry.addEventListener("click", () => { chosen = i; tell(); });
      return entry;
    }

    // Shows the answer on the map: its figure for all districts, the place asked for selected.
    function tell() {
      shown = found[chosen];
      if (!shown) return;
      redraw(GLIDE);
      if (show.options.ask) show.options.ask(`${shown.words[show.lang].slice(0, 3).join(" · ")}`);
      draw();
    }

    function redraw(milliseconds) {
      if (shown) show.drawAnswer(shown, milliseconds || 0);
    }

    function key(event) {
      if (event.isComposing || event.keyCode === 229) return; // Chinese is being typed: these keys are the input method's
      if (event.key === "Escape") { event.preventDefault(); close(); return; }
      if (event.key === "Enter") { event.preventDefault(); tell(); return; }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || !found.length) return;
      event.preventDefault();
      chosen = (chosen + step + found.length) % found.length;
      if (shown) tell(); else draw();
    }

    function close(quiet) {
      if (box.hidden) return;
      box.hidden = true;
      show.root.focus();
      if (shown && !quiet) show.draw(GLIDE);
      shown = null;
    }

    return { open, close, key, redraw, isOpen: () => !box.hidden };
  }

  // ---- finding ----

  const MOST_HELD = /最高|最大|最多|第一|排名|排行|\b(?:highest|largest|biggest|greatest|most|top|ranks?|ranking)\b/g;
  const LEAST_HELD = /最低|最小|最少|\b(?:smallest|lowest|fewest|least)\b/g;
  // When a question asks about, as plain() leaves it: 2024 年 5 月, 2024 年 1-5 月, may 2024, january to may 2024; else a year.
  const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
  const MONTH = `(?:${MONTHS.map((name) => `${name}|${name.slice(0, 3)}`).join("|")})`, TO = "(?:-|–|—|~|至|到|to)", YEAR = "\\b(?<year>(?:19|20)\\d{2})\\b";
  const WHEN = [
    new RegExp(`${YEAR}\\s*年\\s*(?:(?<first>\\d{1,2})\\s*(?:月\\s*)?${TO}\\s*)?(?<last>\\d{1,2})\\s*月\\s*份?(?<sum>\\s*累计)?`),
    new RegExp(`\\b(?:(?<first>${MONTH})\\s*${TO}\\s*)?(?<last>${MONTH})\\s*${YEAR}`),
    new RegExp(`${YEAR}\\s*年?`),
  ];
  // Words that ask without naming anything.
  const FILLER = new RegExp("\\b(?:the|of|in|is|are|was|were|a|an|at|for|to|by|what|whats|which|where|how|much|many|does|do|did|has|have|had|and|live|lives|there"
    + "|it|s|with|show|me|tell|please|districts?)\\b|[是的呢吗啊有在和为]|多少|怎么样|如何|什么|哪一个|哪个|哪里|哪|几|情况|数据|地方|区|请问", "g");

  function makeIndex(deck) {
    const worded = (lists) => Object.entries(lists).map(([id, words]) => [id, words.map(plain)]);
    const { places, clusters, metrics } = deck.search;
    const answers = deck.answers.map(([adcode, map_style, words, value], order) => {
      const [metric, period] = map_style.split(" ");
      return { adcode, map_style, words, value, metric, period, order };
    });
    const words = Object.fromEntries(Object.entries(metrics).map(([id, metric]) => [id, metric.words]));
    return { deck, answers, places: worded(places), clusters: worded(clusters), metrics: worded(words) };
  }

  // Small letters, with spaces for punctuation and between Chinese and Latin, so that a Latin word begins behind a space.
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[\s·,，、。.?？!！:：;；'’"“”()/]+/g, " ")
      .replace(/([\u3400-\u9fff])(?=[a-z0-9])|([a-z0-9])(?=[\u3400-\u9fff])/g, "$& ").trim();
  }

  const starts = (text, word) => ` ${text}`.includes(` ${word}`);
  const holds = (text, term) => term.length > 1 && (/^[a-z0-9]/.test(term) ? starts(text, term) : text.includes(term));

  // The longest term of each id that stands in a question: Map(id → term), without ids that only have a part of another's ("gdp" in "gdp per head").
  function held(lists, text) {
    const found = lists.map(([id, terms]) => [id, terms.filter((term) => holds(text, term)).sort((one, other) => other.length - one.length)[0]]);
    const named = found.filter(([, term]) => term);
    return new Map(named.filter(([, term]) => !named.some(([, other]) => other.length > term.length && other.includes(term))));
  }

  // The ids that a word still being typed may become.
  function begun(lists, word) {
    return lists.filter(([, terms]) => terms.some((term) => starts(term, word) || (term.includes(word) && !/^[a-z0-9]/.test(word)))).map(([id]) => id);
  }

  // The period that a question asks for, "" for months that have no name, and what it is called; null where it names none.
  function asksFor(text) {
    const found = WHEN.map((form) => text.match(form)).find(Boolean);
    if (!found) return null;
    const { year, first, last, sum } = found.groups;
    if (!last) return { text: found[0], period: year, name: { en: year, zh: year } };
    const [end, start] = [last, sum ? "1" : first || last].map((word) => Number(word) || MONTHS.findIndex((name) => name.startsWith(word)) + 1);
    const [from, to] = [start, end].map((month) => (MONTHS[month - 1] || "").replace(/^./, (letter) => letter.toUpperCase()));
    const name = { en: `${start === end ? "" : `${from} to `}${to} ${year}`, zh: `${year} 年 ${start === end ? "" : `${start}—`}${end} 月` };
    return { text: found[0], period: named(year, start, end), name };
  }

  // The period of a run of months as the catalogue calls it: see geo/periods.py.
  function named(year, first, last) {
    if (first < 1 || first > last || last > 12) return "";
    if (first % 3 === 1 && last % 3 === 0) {
      const [from, to] = [(first + 2) / 3, last / 3];
      return year + ({ "1-4": "", "1-2": "H1", "3-4": "H2" }[`${from}-${to}`] ?? `Q${from}${to > from ? `-Q${to}` : ""}`);
    }
    const month = (number) => `M${String(number).padStart(2, "0")}`;
    return first === last ? year + month(first) : first === 1 ? `${year}M01-${month(last)}` : "";
  }

  // What a question names: places, metrics, a cluster or company, a year or months of one, and whether it asks for the largest or the smallest. Null where it holds
  // words that name nothing here: then no answer is given rather than one to another question.
  function understood(index, question) {
    let text = plain(question);
    const when = asksFor(text);
    if (when && !when.period) return null; // months that no figure is of: 2024年3-5月
    text = text.replace(when ? when.text : "", " ");
    const most = text.search(MOST_HELD) >= 0, least = text.search(LEAST_HELD) >= 0;
    const places = held(index.places, text), metrics = held(index.metrics, text), clusters = held(index.clusters, text);
    const terms = [...places.values(), ...metrics.values(), ...clusters.values()].sort((one, other) => other.length - one.length);
    let rest = text;
    for (const term of terms) rest = rest.replace(term, " ");
    rest = rest.replace(MOST_HELD, " ").replace(LEAST_HELD, " ");
    const left = rest.replace(FILLER, " ").split(" ").filter(Boolean);
    const asked = { when, order: least ? 1 : most ? -1 : 0, places: [...places.keys()], metrics: [...metrics.keys()], clusters: [...clusters.keys()] };
    if (asked.metrics.length && (asked.places.length || asked.clusters.length)) return asked;
    for (const word of left) {
      const kind = ["places", "clusters", "metrics"].find((name) => !asked[name].length && begun(index[name], word).length);
      if (!kind) return null;
      asked[kind] = begun(index[kind], word);
    }
    return asked;
  }

  // Answers to a question, best first. Without a year a place is answered for in its first period, and places are compared in the best covered one.
  function rank(index, question) {
    const asked = understood(index, question);
    if (!asked || !(asked.places.length || asked.metrics.length || asked.clusters.length)) return [];
    let { places, metrics } = asked;
    if (!places.length && asked.clusters.length) {
      places = asked.clusters;
      metrics = metrics.length ? metrics : ["known_tenants"];
    }
    if (places.length > 1 || asked.order) places = places.filter((code) => code !== CITY);
    if (!places.length && metrics.length) return compared(index, metrics, asked);
    return metrics.length ? together(index, places, metrics, asked.when) : known(of(index, places, index.metrics.map(([id]) => id), asked.when));
  }

  // Every place by one metric after another, the largest first, those without a figure last; the city only where no largest district is asked for.
  // One period after another: a month is not compared with a year.
  function compared(index, metrics, { when, order }) {
    return metrics.flatMap((metric) => {
      const periods = when ? within(index, metric, when) : [index.deck.search.metrics[metric].best], sign = order || -1;
      const value = (answer) => (answer.value === null ? Infinity : sign * answer.value);
      const found = periods.flatMap((period) => index.answers
        .filter((answer) => answer.metric === metric && answer.period === period && (!order || answer.adcode !== CITY))
        .sort((one, other) => (value(one) === value(other) ? one.order - other.order : value(one) - value(other))));
      return found.length || !when ? found : [unknown(index, CITY, metric, when)];
    });
  }

  // The periods of a metric that a question asks for, as the answers list them: the months named, or a year and its parts, of months the newest alone
  // and only where there is nothing else; and figures without a date.
  function within(index, metric, { period }) {
    const all = [...new Set(index.answers.filter((answer) => answer.metric === metric).map((answer) => answer.period))];
    const undated = all.filter((one) => one === "undated");
    if (period.length > 4) return [...all.filter((one) => one === period), ...undated];
    const [months, others] = [true, false].map((wanted) => all.filter((one) => one.startsWith(period) && one.includes("M") === wanted));
    const first = others.includes(period) ? [period] : [];
    return [...first, ...others.filter((one) => one !== period), ...(others.length ? [] : months.slice(0, 1)), ...undated];
  }

  // The metrics asked for in the places asked for; a year that a metric has no figure for is answered with "No data", never with another year.
  function together(index, places, metrics, when) {
    return metrics.flatMap((metric) => places.flatMap((code) => {
      const found = of(index, [code], [metric], when);
      return found.length || !when ? found : [unknown(index, code, metric, when)];
    }));
  }

  function of(index, places, metrics, when) {
    const seen = new Set(), periods = new Map(when ? metrics.map((metric) => [metric, within(index, metric, when)]) : []);
    return index.answers.filter((answer) => {
      const key = `${answer.adcode} ${answer.metric}`, first = !seen.has(key);
      if (!places.includes(answer.adcode) || !metrics.includes(answer.metric)) return false;
      seen.add(key);
      return when ? periods.get(answer.metric).includes(answer.period) : first;
    });
  }

  const known = (answers) => [...answers].sort((one, other) => (one.value === null) - (other.value === null) || one.order - other.order);

  // The answer for a period that a metric has no figures for at all, with a map and a legend on which every district is hatched.
  function unknown({ deck }, adcode, metric, { period, name }) {
    const map_style = `${metric} ${period}`, words = {}, drawn = {}, legends = {};
    for (const [lang, noData] of Object.entries(deck.search.noData)) {
      const head = `${deck.search.metrics[metric].name[lang]} · ${name[lang]}`;
      words[lang] = [deck.search.shown[lang][adcode], head, noData];
      drawn[lang] = { shapes: Object.fromEntries(deck.search.districts.map((code) => [code, { lines: [noData] }])), head, language: lang };
      legends[lang] = { title: head, unit: "", swatches: [["", noData]], note: "" };
    }
    deck.map_styles[map_style] = drawn;
    deck.legends[map_style] = legends;
    return { adcode, map_style, words, value: null, metric, period, order: 0 };
  }

  window.showQuestions = { attach, makeIndex, rank };
})();
