// What Streamlit leaves undone around our pages: the document's language, its own words in Chinese, and the phone's menu, which would stay open.
(function () {
  "use strict";

  // In text of ours or of the data no word is looked at: only what Streamlit itself writes is replaced, and whole sentences of its own wherever they are.
  const SENTENCE = 40, LONGEST = 400; // characters
  const CELLS = "[role=gridcell], [role=columnheader], [id^=gdg-overlay], [data-testid=stDataFrameStatisticsChart]"; // what is read out of a table, an open cell, the values of a column
  const OURS = `${CELLS}, [data-testid=stMarkdownContainer], [data-testid=stTable], [data-testid=stFileUploaderFile], .stHtml, .show, .briefing-notes, [role=listbox]:not([data-empty]) [role=option], #entrance, noscript, script, style`;
  const ATTRIBUTES = ["aria-label", "title", "placeholder"];
  const words = JSON.parse(document.getElementById("streamlit-words").textContent);
  const templates = Object.entries(words).filter(([english]) => english.includes("{")).map(([english, chinese]) => {
    const parts = english.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
    return { pattern: new RegExp(`^${parts.join("(.+)")}$`, "s"), chinese };
  });
  const replaced = new WeakMap(); // of a text or an element, by name: what stood there, and what stands there now
  let told = ""; // the language the page said last

  function inChinese(text, sentencesOnly) {
    const trimmed = text.trim();
    if (!trimmed || trimmed.length > LONGEST || (sentencesOnly && trimmed.length <= SENTENCE)) return null;
    if (Object.hasOwn(words, trimmed)) return words[trimmed];
    for (const { pattern, chinese } of sentencesOnly ? [] : templates) {
      const found = pattern.exec(trimmed);
      if (found) return chinese.replace(/\{\w+\}/, () => found[1]);
    }
    return null;
  }

  // Puts the Chinese in the place of the English, or back what was there; what Streamlit has written since is its own again.
  function put(node, name, now, write, sentencesOnly) {
    const kept = replaced.get(node) || {};
    const english = kept[name]?.now === now ? kept[name].english : now;
    const chinese = document.documentElement.lang === "zh-CN" ? inChinese(english, sentencesOnly) : null;
    const next = chinese === null ? english : chinese;
    if (next !== now) write(next);
    if (chinese !== null) replaced.set(node, { ...kept, [name]: { english, now: next } });
  }

  function dress(element) {
    if (element.closest(CELLS)) return;
    ATTRIBUTES.filter((name) => element.hasAttribute(name)).forEach((name) => {
      put(element, name, element.getAttribute(name), (text) => element.setAttribute(name, text));
    });
  }

  function visit(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      const element = node.parentElement;
      if (element && node.data.trim()) put(node, "data", node.data, (text) => { node.data = text; }, Boolean(element.closest(OURS)));
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      dress(node);
      node.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join()).forEach(dress);
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) visit(texts.currentNode);
    }
  }

  // The shell writes the language of each run beside its style sheets.
  function followLanguage() {
    const style = document.querySelector(".stHtml style[lang]");
    if (!style || style.lang === told) return;
    told = style.lang;
    document.documentElement.lang = told;
    visit(document.body);
  }

  // On a phone the menu lies over the page that was chosen; there alone it is a sidebar.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-testid=stSidebarNavLink]")) return;
    setTimeout(() => document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click());
  });

  new MutationObserver((records) => {
    followLanguage();
    records.forEach((record) => {
      if (record.type === "childList") record.addedNodes.forEach(visit);
      else if (record.type === "attributes") dress(record.target);
      else visit(record.target);
    });
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  visit(document.body);
})();
