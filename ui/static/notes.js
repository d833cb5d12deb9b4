// The presenter's window: notes, next slide, clock and remote control of a show, kept in step through its room on the server (ui/show/rooms.py).
// A show that cannot be reached leaves working notes. All text is set as text, never as HTML. Loaded after room.js.
(function () {
  "use strict";

  const LANGUAGES = { en: "English", zh: "中文" }; // each named in itself
  const KEYS = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back", Home: "first", End: "last", b: "black", B: "black" };

  // ---- the window ---------------------------------------------------------------------------------------------------

  function element(tag, className, name, parent) {
    const made = document.createElement(tag);
    made.className = className;
    if (name) made.dataset.notes = name;
    if (tag === "button") made.type = "button";
    parent.append(made);
    return made;
  }

  function build(root) {
    const parts = {};
    const add = (tag, className, name, parent) => (parts[name] = element(tag, className, name, parent));
    root.replaceChildren();
    const top = element("header", "notes-top", "", root);
    add("time", "notes-clock", "clock", top);
    const elapsed = element("span", "notes-elapsed", "", top);
    add("span", "notes-label", "elapsed-label", elapsed);
    add("time", "notes-time", "elapsed", elapsed);
    add("button", "notes-restart", "restart", elapsed).textContent = "↻";
    add("span", "notes-position", "position", top);
    add("span", "notes-status", "status", top).setAttribute("role", "status");

    const main = element("main", "notes-main", "", root);
    const now = element("section", "notes-now", "", main);
    add("p", "notes-blacked", "is-black", now);
    add("h1", "notes-title", "title", now);
    add("p", "notes-text", "text", now);
    add("p", "notes-words", "notes", now);
    const side = element("aside", "notes-side", "", main);
    const next = element("section", "notes-coming", "coming", side);
    add("h2", "notes-label", "next-label", next);
    add("p", "notes-next-title", "next-title", next);
    add("p", "notes-next-text", "next-text", next);
    const asked = add("section", "notes-asked", "questions", side);
    add("h2", "notes-label", "questions-label", asked);
    add("ol", "", "questions-list", asked);
    const all = element("section", "notes-all", "", side);
    add("h2", "notes-label", "slides-label", all);
    add("ol", "", "list", all);
    add("p", "notes-newer", "newer", side);

    const bar = element("footer", "notes-bar", "", root);
    ["back", "black", "language", "slides", "next"].forEach((name) => add("button", "notes-button notes-" + name, name + "-button", bar));
    return parts;
  }

  function pad(number) { return String(number).padStart(2, "0"); }

  function duration(seconds) {
    const whole = Math.max(0, Math.floor(seconds)), hours = Math.floor(whole / 3600), rest = pad(Math.floor(whole / 60) % 60) + ":" + pad(whole % 60);
    return hours ? hours + ":" + rest : rest;
  }

  function open(root, deck, options) {
    const slides = deck.slides, parts = build(root);
    const show = { lang: options.lang || "en", black: false, started: Date.now() / 1000, questions: [], version: null };
    let index = 0, ahead = 0, status = ""; // ahead: seconds by which the server's clock is before ours

    const word = (key, values) => Object.entries(values || {}).reduce(
      (text, [name, value]) => text.replace("{" + name + "}", value), (deck.words[show.lang] || {})[key] || key);
    const face = (slide) => slide.faces[show.lang] || Object.values(slide.faces)[0];
    const set = (name, text) => { if (parts[name].textContent !== text) parts[name].textContent = text; };

    function draw() {
      const here = face(slides[index]), next = slides[index + 1], at = { number: index + 1, total: slides.length };
      root.lang = show.lang === "zh" ? "zh-CN" : show.lang;
      Object.assign(root.dataset, { slide: slides[index].id, black: show.black, language: show.lang });
      set("title", here.title);
      set("text", here.text);
      set("notes", here.notes || word("no_notes"));
      parts.notes.classList.toggle("notes-none", !here.notes);
      set("next-title", next ? face(next).title : word("end"));
      set("next-text", next ? face(next).text : "");
      set("position", word("position", at));
      parts.position.title = word("position_label", at);
      drawWords();
      drawList(parts.list, slides.length, drawSlide);
      drawList(parts["questions-list"], show.questions.length, (item, i) => { item.textContent = show.questions[i]; });
      parts.questions.hidden = !show.questions.length;
      parts["is-black"].hidden = !show.black;
      parts.newer.hidden = !(show.version > deck.version);
      parts["back-button"].disabled = index === 0;
      parts["next-button"].disabled = !next;
      parts["black-button"].setAttribute("aria-pressed", show.black);
      tick();
    }

    function drawWords() {
      const texts = {
        "is-black": "is_black", newer: "newer", "elapsed-label": "elapsed", "next-label": "next_slide", "questions-label": "questions",
        "slides-label": "slides", "back-button": "back", "next-button": "next", "black-button": "black", "slides-button": "slides",
      };
      Object.entries(texts).forEach(([part, key]) => set(part, word(key)));
      set("language-button", LANGUAGES[otherLanguage()]);
      parts["language-button"].lang = otherLanguage();
      if (status) set("status", word(status));
      parts.notes.setAttribute("aria-label", word("notes"));
      parts.clock.title = word("clock");
      parts.restart.title = word("restart");
      parts.restart.setAttribute("aria-label", word("restart"));
    }

    function drawList(list, length, drawItem) {
      while (list.children.length > length) list.lastChild.remove();
      for (let i = 0; i < length; i += 1) drawItem(list.children[i] || list.appendChild(document.createElement("li")), i);
    }

    function drawSlide(item, i) {
      const button = item.firstChild || element("button", "notes-jump", "jump", item);
      button.dataset.slide = slides[i].id;
      button.textContent = i + 1 + "  " + face(slides[i]).title;
      if (i === index) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
    }

    function tick() {
      const now = new Date();
      set("clock", pad(now.getHours()) + ":" + pad(now.getMinutes()));
      set("elapsed", duration(now / 1000 + ahead - show.started));
    }

    function otherLanguage() { return show.lang === "en" ? "zh" : "en"; }

    function take(state) {
      const there = slides.findIndex((slide) => slide.id === state.slide);
      const moved = there >= 0 && there !== index;
      if (moved) index = there;
      ahead = state.now - Date.now() / 1000;
      Object.assign(show, { black: state.black, lang: state.lang, started: state.started, questions: state.questions, version: state.version });
      draw();
      if (moved) settle();
    }

    function settle() { // at the top of the new notes
      list(false);
      parts.title.parentNode.scrollTop = parts.title.closest("main").scrollTop = 0;
      reveal();
    }

    function reveal() { // the slide's own line in the list
      const item = parts.list.children[index], box = parts.list.parentNode;
      const scrolled = box.scrollHeight > box.clientHeight ? box : box.closest("main");
      if (item.offsetParent) scrolled.scrollTop = item.offsetTop - (scrolled.clientHeight - item.clientHeight) / 2;
    }

    function go(to) {
      const bounded = Math.min(Math.max(to, 0), slides.length - 1);
      list(false);
      if (bounded === index) return;
      index = bounded;
      draw();
      settle();
      room.post({ slide: slides[index].id });
    }

    function list(shown) {
      root.classList.toggle("notes-listing", shown);
      parts["slides-button"].setAttribute("aria-expanded", shown);
      if (shown) reveal();
    }

    const actions = {
      next: () => go(index + 1),
      back: () => go(index - 1),
      first: () => go(0),
      last: () => go(slides.length - 1),
      black: () => { show.black = !show.black; draw(); room.post({ black: show.black }); },
      language: () => { show.lang = otherLanguage(); draw(); room.post({ lang: show.lang }); },
      slides: () => list(!root.classList.contains("notes-listing")),
      restart: () => { show.started = Date.now() / 1000 + ahead; tick(); room.post({ restart: true }); },
    };

    function onClick(event) {
      const button = event.target.closest("button");
      if (!button) return;
      const name = button.dataset.notes.replace("-button", "");
      if (event.detail) button.blur(); // the space bar goes on turning slides after a click or a tap
      if (name === "jump") go(slides.findIndex((slide) => slide.id === button.dataset.slide)); else actions[name]();
    }

    function onKey(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input, textarea, select")) return;
      if (event.key === " " && event.target.closest?.("button")) return; // presses that button
      const name = event.key === "Escape" && root.classList.contains("notes-listing") ? "slides" : KEYS[event.key];
      if (!name) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat || name === "next" || name === "back") actions[name]();
    }

    function onStatus(now) {
      status = now;
      root.dataset.status = now;
      set("status", word(now));
    }

    root.classList.add("briefing-notes");
    const room = window.showRoom.connect(options.room, take, onStatus);
    draw();
    list(false);
    const clock = setInterval(tick, 250);
    root.addEventListener("click", onClick);
    window.addEventListener("keydown", onKey, true);

    return function close() {
      room.close();
      clearInterval(clock);
      root.removeEventListener("click", onClick);
      window.removeEventListener("keydown", onKey, true);
      root.classList.remove("briefing-notes", "notes-listing");
      root.replaceChildren();
    };
  }

  window.briefingNotes = { open };
})();
