// The two panels a presenter opens over a slide: speaker notes with the way to the presenter view, and the keys.
(function () {
  "use strict";

  const { element, code } = window.showPanels;
  const KEYS = [
    ["→ Space PageDown", "keyNext"], ["← PageUp", "keyBack"], ["Home End", "keyEnds"], ["1 2 3 …", "keyDigits"], ["F", "keyFull"], ["B", "keyBlack"],
    ["N", "keyNotes"], ["/", "keyAsk"], ["L", "keyLanguage"], ["T", "keyTheme"], ["A", "keyAuto"], ["H", "keyHelp"],
  ];

  const NAMED = { keyNext: "ArrowRight", keyBack: "ArrowLeft", keyEnds: "Home", keyDigits: "Home", keyLeave: "Escape" };

  function notes(box, show) {
    const { face, words } = show, presenter = show.options.presenter;
    box.className = "panel panel-notes";
    box.replaceChildren(element("h2", "", words.notes), element("p", "", face.notes || words.noNotes));
    box.append(element("small", "", face.sources.join(words.join)));
    if (!presenter) return;
    const link = element("a", "", words.presenter), scan = element("div", "code shown");
    Object.assign(link, { href: presenter.address, target: "presenter", rel: "opener" });
    box.append(link);
    if (!presenter.qr) return;
    code(scan, presenter.qr, words.phone);
    box.append(scan);
  }

  function help(box, show) {
    const { words } = show, list = element("dl");
    box.className = "panel panel-help";
    const leave = show.options.leave ? [["Esc", "keyLeave"]] : [];
    const asks = ([, word]) => word !== "keyAsk" || show.deck.answers.length;
    [...KEYS.filter(asks), ...leave].forEach(([keys, word]) => {
      const term = element("dt"), told = element("button", "", words[word]);
      keys.split(" ").forEach((key) => term.append(element("kbd", "", key)));
      told.type = "button";
      told.addEventListener("click", () => { show.togglePanel("help"); show.keys.press(NAMED[word] || keys.split(" ")[0].toLowerCase()); });
      list.append(term, element("dd", ""));
      list.lastChild.append(told);
    });
    box.replaceChildren(element("h2", "", words.help), list);
  }

  Object.assign(window.showPanels, { notes, help });
})();
