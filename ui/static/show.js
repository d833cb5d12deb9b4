// Plays a deck: one map whose camera glides, everything else around it. The same program runs on the dashboard's page and in the single file.
// Loaded after Leaflet, the geometry, map.js, camera.js and the other show-*.js.
(function () {
  "use strict";

  const { element, fill } = window.showPanels;
  const CANVASES = [["tall", 1080, 1920], ["r43", 1440, 1080], ["r169", 1920, 1080], ["r219", 2520, 1080], ["r329", 3840, 1080]];
  const GLIDE = 1600; // milliseconds of a camera move
  const PACES = [5, 10, 15, 20, 30, 45, 60, 90, 120]; // seconds a slide
  const NAME_SCALE = 2; // names on the canvas against those on a page
  const TOAST = 2500, NOTICE = 10000; // milliseconds

  function open(deck, options) {
    return new Show(deck, options);
  }

  class Show {
    // options: lang, dark, slide, auto (seconds, 0 for none), notice, presenter ({address, qr}), leave (address), onMove(show), onFollow(show), ask(text)
    constructor(deck, options) {
      Object.assign(this, { deck, options, lang: options.lang || "zh", index: 0, pace: options.auto || 20 });
      this.build();
      const asked = deck.slides.findIndex((slide) => slide.id === options.slide);
      this.index = Math.max(0, asked);
      this.root.classList.toggle("dark", Boolean(options.dark));
      this.questions = window.showQuestions.attach(this);
      this.keys = window.showKeys.attach(this);
      this.onSize = () => this.layOut();
      window.addEventListener("resize", this.onSize);
      this.root.focus();
      this.layOut();
      this.mountMap();
      this.draw(0);
      if (options.auto) this.toggleAuto();
      if (options.notice) this.toast(options.notice, NOTICE);
      else if (options.slide && asked < 0) this.toast(fill(this.words.noSlide, { id: options.slide }), NOTICE);
    }

    get slide() { return this.deck.slides[this.index]; }
    get face() { return this.slide.faces[this.lang]; }
    get words() { return this.deck.words[this.lang]; }

    // ---- the canvas ----

    build() {
      this.root = element("div", "show");
      Object.assign(this.root, { tabIndex: -1, role: "region", ariaLabel: this.deck.titles[this.lang] });
      this.canvas = element("div", "canvas");
      const parts = {};
      ["head", "side", "chart", "figure", "foot"].forEach((name) => {
        parts[name] = element("div", name);
        this.canvas.append(parts[name]);
      });
      this.title = element("h1");
      this.badge = element("span", "badge");
      this.deckTitle = element("span", "deck-title");
      parts.head.append(this.title, this.badge, this.deckTitle);
      this.text = element("p", "text");
      this.title.setAttribute("aria-live", "polite");
      this.text.setAttribute("aria-live", "polite");
      this.code = element("div", "code");
      parts.side.append(this.text, this.code);
      this.map = element("div", "map");
      this.map.id = "map_div";
      this.legend = element("div", "legend");
      parts.figure.append(this.map, this.legend);
      this.sources = element("div", "sources");
      this.stamp = element("div", "stamp");
      this.count = element("div", "count");
      this.progress = element("div", "progress");
      this.progress.append(element("i"));
      parts.foot.append(this.sources, this.stamp, this.count);
      this.canvas.append(this.progress);
      this.chart = parts.chart;
      this.toastBox = element("div", "toast");
      this.toastBox.setAttribute("role", "status");
      this.panel = element("div", "panel");
      this.panel.hidden = true;
      this.panel.setAttribute("role", "dialog");
      this.black = element("div", "black");
      this.black.hidden = true;
      this.black.addEventListener("click", () => this.setBlack(false));
      this.more = element("button", "more", "⋯"); // for fingers: the keys as buttons
      this.more.type = "button";
      this.more.addEventListener("click", () => this.togglePanel("help"));
      this.canvas.append(this.more);
      this.canvas.append(this.panel, this.toastBox);
      this.root.append(this.canvas, this.black);
      document.body.append(this.root);
    }

    // One of a few fixed canvases, the nearest to the wall's shape, scaled as a whole: nothing wraps differently on another wall.
    layOut() {
      const wide = this.root.clientWidth, high = this.root.clientHeight, ratio = Math.log(wide / high);
      const off = (canvas) => Math.abs(Math.log(canvas[1] / canvas[2]) - ratio);
      const [name, width, height] = CANVASES.reduce((best, canvas) => (off(canvas) < off(best) ? canvas : best));
      const scale = Math.min(wide / width, high / height);
      this.canvas.className = `canvas ${name}`;
      this.canvas.style.transform = `translate(${(wide - width * scale) / 2}px, ${(high - height * scale) / 2}px) scale(${scale})`;
      if (!this.leaflet) return;
      this.draw(0);
      this.questions.redraw();
    }

    mountMap() {
      this.leaflet = L.map(this.map, {
        zoomSnap: 0, zoomControl: false, attributionControl: false, keyboard: false, scrollWheelZoom: false, doubleClickZoom: false,
        boxZoom: false, dragging: false, touchZoom: false, fadeAnimation: false, zoomAnimation: false, inertia: false,
        center: L.latLngBounds(this.slide.camera).getCenter(), zoom: 9,
      });
      window.clusterMap.mount(this.leaflet, { focus: this.slide.camera, scale: NAME_SCALE, led: true });
    }

    // ---- a slide ----

    go(index, quiet) {
      const last = this.deck.slides.length - 1, next = Math.max(0, Math.min(last, index));
      const lit = !this.black.hidden;
      if (this.questions.isOpen()) this.questions.close(true);
      this.setBlack(false, true);
      if (next === this.index) {
        this.draw(0);
        if (lit && !quiet) this.moved();
        return;
      }
      this.index = next;
      this.draw(GLIDE);
      if (!quiet) this.moved();
      if (this.auto) this.startPace();
    }

    goTo(id, quiet) {
      const index = this.deck.slides.findIndex((slide) => slide.id === id);
      if (index >= 0 && index !== this.index) this.go(index, quiet);
    }

    draw(milliseconds) {
      const { face, words, deck } = this, last = this.index === deck.slides.length - 1;
      this.root.lang = this.lang === "zh" ? "zh-CN" : "en";
      window.showPanels.title(this.title, face.title);
      Object.assign(this.badge, { textContent: face.badge, hidden: !face.badge });
      this.badge.classList.toggle("stale", this.slide.stale);
      this.deckTitle.textContent = deck.titles[this.lang];
      this.text.textContent = face.text;
      this.code.classList.toggle("shown", last && Boolean(deck.qr));
      window.showPanels.code(this.code, last ? deck.qr : null, words.scan, deck.caption);
      this.canvas.classList.toggle("has-chart", Boolean(face.chart));
      window.showPanels.chart(this.chart, face.chart, face.map_style.selected);
      this.count.textContent = fill(words.slideOf, { number: this.index + 1, count: deck.slides.length });
      this.progress.firstChild.style.width = `${(100 * (this.index + 1)) / deck.slides.length}%`;
      window.showPanels.sources(this.sources, face, words);
      window.showPanels.stamp(this.stamp, face.stamp, deck, words); // it takes room, as all that stands around the text
      window.showPanels.fit(this.text, this.canvas.classList.contains("r329") ? 54 : 42, 24);
      this.drawFigure(face.map_style, face.legend, this.slide.camera, milliseconds);
      if (this.panelKind) this.openPanel(this.panelKind);
      this.root.dataset.slide = this.slide.id;
      this.root.dataset.lang = this.lang;
    }

    drawFigure(map_style, legend, camera, milliseconds) {
      window.showPanels.legend(this.legend, legend, (colour) => this.tint(colour));
      this.leaflet.invalidateSize({ animate: false, pan: false });
      this.paint(map_style);
      this.root.dataset.camera = "moving";
      window.clusterCamera.fly(this.leaflet, camera, milliseconds).then((arrived) => { if (arrived) this.root.dataset.camera = "still"; });
    }

    paint(map_style) {
      const shapes = Object.entries(map_style.shapes || {}).map(([code, shape]) => [code, { ...shape, fill: this.tint(shape.fill) }]);
      window.clusterMap.paint(this.leaflet, { ...map_style, shapes: Object.fromEntries(shapes), dark: this.root.classList.contains("dark") });
    }

    tint(colour) {
      return (this.root.classList.contains("dark") && this.deck.tints[colour]) || colour;
    }

    // What is drawn while an answer is shown: its own map, legend, title and sources.
    drawAnswer(answer, milliseconds) {
      const words = answer.words[this.lang];
      const [map_style, legend] = [this.deck.map_styles, this.deck.legends].map((of) => of[answer.map_style][this.lang]);
      window.showPanels.title(this.title, words.slice(0, 2).join(" · "), 40); // the map stays as large as on a slide
      this.sources.textContent = words.length > 3 ? words[words.length - 1] : "";
      window.showPanels.stamp(this.stamp, this.deck.stamps[answer.metric][this.lang], this.deck, this.words);
      this.drawFigure({ ...map_style, selected: answer.adcode }, legend, this.deck.city, milliseconds);
    }

    moved() {
      if (this.options.onMove) this.options.onMove(this);
    }

    // ---- what keys ask for ----

    escape() {
      if (!this.black.hidden) this.setBlack(false);
      else if (this.panelKind) this.togglePanel(this.panelKind);
      else if (this.auto) this.toggleAuto();
      else if (this.options.leave && !document.fullscreenElement) this.leave();
    }

    leave() {
      const address = new URL(this.options.leave, window.location.href);
      address.searchParams.set("lang", this.lang);
      window.location.assign(address);
    }

    ask() {
      if (!this.deck.answers.length) return; // a single view has none
      if (this.panelKind) this.togglePanel(this.panelKind);
      this.questions.open();
    }

    // ---- switches ----

    toggleFull() {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (this.root.requestFullscreen) this.root.requestFullscreen().catch(() => this.toast("F11"));
    }

    setBlack(on, quiet) {
      if (this.black.hidden !== on) return;
      this.black.hidden = !on;
      if (!quiet) this.moved();
    }

    setLanguage(lang, quiet) {
      if (this.lang === lang) return;
      this.lang = lang;
      this.questions.close(true);
      this.draw(0);
      if (!quiet) this.moved();
    }

    toggleTheme() {
      this.root.classList.toggle("dark");
      this.draw(0);
    }

    toggleAuto() {
      this.auto = !this.auto;
      clearTimeout(this.paceTimer);
      this.progress.classList.toggle("pacing", this.auto);
      if (this.auto) this.startPace();
      this.toast(this.auto ? fill(this.words.auto, { seconds: this.pace }) : this.words.autoOff);
      this.moved();
    }

    changePace(step) {
      const nearest = PACES.findIndex((pace) => pace >= this.pace);
      this.pace = PACES[Math.max(0, Math.min(PACES.length - 1, (nearest < 0 ? PACES.length - 1 : nearest) + step))];
      this.toast(fill(this.words.auto, { seconds: this.pace }));
      if (this.auto) this.startPace();
    }

    startPace() {
      clearTimeout(this.paceTimer);
      this.progress.style.setProperty("--pace", `${this.pace}s`);
      this.progress.classList.remove("pacing");
      void this.progress.offsetWidth; // starts the animation again
      this.progress.classList.add("pacing");
      const busy = () => !this.black.hidden || this.questions.isOpen();
      this.paceTimer = setTimeout(() => (busy() ? this.startPace() : this.go((this.index + 1) % this.deck.slides.length)), this.pace * 1000);
    }

    togglePanel(kind) {
      if (this.panelKind === kind) { this.panelKind = ""; this.panel.hidden = true; return; }
      this.openPanel(kind);
    }

    openPanel(kind) {
      this.panelKind = kind;
      this.panel.hidden = false;
      window.showPanels[kind](this.panel, this);
      this.panel.setAttribute("aria-label", this.panel.querySelector("h2").textContent);
    }

    toast(text, milliseconds = TOAST) {
      clearTimeout(this.toastTimer);
      this.toastBox.textContent = text;
      this.toastBox.classList.add("shown");
      this.toastTimer = setTimeout(() => this.toastBox.classList.remove("shown"), milliseconds);
    }

    // Newer data was published: said quietly, taken over only when asked.
    tellNewer(version) {
      if (this.deck.locked || !this.deck.version || version <= this.deck.version || this.newer === version) return;
      this.newer = version;
      this.toast(fill(this.words.newer, { number: version }));
      this.canvas.classList.add("newer");
    }

    close() {
      [this.paceTimer, this.toastTimer].forEach(clearTimeout);
      this.keys.close();
      window.removeEventListener("resize", this.onSize);
      this.leaflet.remove();
      this.root.remove();
    }
  }

  window.briefing = { open };
})();
