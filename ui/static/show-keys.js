// Keys, clickers and fingers: what each of them asks a show for.
(function () {
  "use strict";

  const REPEATED = ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "PageDown", "PageUp"]; // keys that may be held down
  const WAIT = 600; // milliseconds until a digit is taken for the whole number
  const SWIPE = 50, TAP = 10; // pixels

  function attach(show) {
    let typed = "", timer = 0, from = null;

    function actions() {
      const next = () => show.go(show.index + 1), back = () => show.go(show.index - 1);
      const black = () => show.setBlack(show.black.hidden), help = () => show.togglePanel("help");
      return {
        ArrowRight: next, ArrowDown: next, PageDown: next, " ": next, Enter: next,
        ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
        Home: () => show.go(0), End: () => show.go(show.deck.slides.length - 1),
        f: () => show.toggleFull(), F5: () => show.toggleFull(), b: black, ".": black,
        n: () => show.togglePanel("notes"), h: help, "?": help,
        l: () => show.setLanguage(show.lang === "zh" ? "en" : "zh"), t: () => show.toggleTheme(), a: () => show.toggleAuto(),
        "+": () => show.changePace(1), "=": () => show.changePace(1), "-": () => show.changePace(-1),
        "/": () => show.ask(), r: () => { if (show.newer) window.location.reload(); }, Escape: () => show.escape(),
      };
    }

    function onKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter" && event.target.closest?.("a, button")) return; // opens that link, presses that button
      event.stopPropagation(); // the page beneath has keys of its own
      if (show.questions.isOpen()) { show.questions.key(event); return; }
      const isDigit = /^[0-9]$/.test(event.key);
      if (!isDigit) forgetDigits();
      const action = isDigit ? () => digit(event.key) : actions()[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!action) return;
      event.preventDefault();
      if (!event.repeat || REPEATED.includes(event.key)) action();
    }

    // Digits make a number: 1 waits a moment where there is a slide 10.
    function digit(sign) {
      clearTimeout(timer);
      typed += sign;
      const number = Number(typed), most = show.deck.slides.length;
      const jump = () => { forgetDigits(); if (number >= 1 && number <= most) show.go(number - 1); };
      if (number * 10 > most || number === 0) jump(); else timer = setTimeout(jump, WAIT);
    }

    function forgetDigits() {
      clearTimeout(timer);
      typed = "";
    }

    // On a phone or a touch wall: swipe, or tap the right or the left third.
    function onTouchStart(event) {
      from = event.touches.length === 1 ? event.touches[0] : null;
    }

    function onTouchEnd(event) {
      if (!from || event.touches.length || event.target.closest("button, a, input, .panel, .ask, .black")) return;
      const to = event.changedTouches[0], dx = to.clientX - from.clientX, dy = to.clientY - from.clientY, third = show.root.clientWidth / 3;
      if (Math.abs(dx) > SWIPE && Math.abs(dx) > Math.abs(dy)) show.go(show.index + (dx < 0 ? 1 : -1));
      if (Math.hypot(dx, dy) > TAP) return;
      if (to.clientX > 2 * third) show.go(show.index + 1);
      else if (to.clientX < third) show.go(show.index - 1);
    }

    window.addEventListener("keydown", onKey, true);
    show.root.addEventListener("touchstart", onTouchStart, { passive: true });
    show.root.addEventListener("touchend", onTouchEnd);
    return {
      press: (name) => actions()[name](), // what a key does, for whoever has none
      close: () => { forgetDigits(); window.removeEventListener("keydown", onKey, true); },
    };
  }

  window.showKeys = { attach };
})();
