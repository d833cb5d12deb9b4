// What Streamlit leaves undone around our pages: the document's language, its own words in Chinese, and the phone's menu, which would stay open.
(function () {
  "use strict";

  // Text of ours or of the data is never looked at: only what Streamlit itself writes is replaced.
  const OURS = "[data-testid=stMarkdownContainer], [data-testid=stTable], [data-testid=stFileUploaderFile], .stHtml, .show, .briefing-notes, [role=listbox]:not([data-empty]) [role=option], #entrance, noscript, script, style";
  const ATTRIBUTES = ["aria-label", "title", "placeholder"];
  const words = Object.entries(JSON.parse(document.getElementById("streamlit-words").textContent)).map(([english, chinese]) => {
    const parts = english.split(/(\{\w+\})/);
    const pattern = parts.map((part) => (/^\{\w+\}$/.test(part) ? "(.+)" : part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"))).join("");
    return { pattern: new RegExp(`^${pattern}$`, "s"), chinese };
  });
  const replaced = new WeakMap(); // of a text or an element, by name: what stood there, and what stands there now
  let told = ""; // the language the page said last

  function inChinese(text) {
    const trimmed = text.trim();
    for (const { pattern, chinese } of trimmed && trimmed.length < 300 ? words : []) {
      const found = pattern.exec(trimmed);
      if (found) return chinese.replace(/\{\w+\}/, () => found[1]);
    }
    return null;
  }

  // Puts the Chinese in the place of the English, or back what was there; what Streamlit has written since is its own again.
  function put(node, name, now, write) {
    const kept = replaced.get(node) || {};
    const english = kept[name] && kept[name].now === now ? kept[name].english : now;
    const chinese = document.documentElement.lang === "zh-CN" ? inChinese(english) : null;
    const next = chinese === null ? english : chinese;
    if (next !== now) write(next);
    if (chinese === null) delete kept[name]; else kept[name] = { english, now: next };
    replaced.set(node, kept);
  }

  function dress(element) {
    ATTRIBUTES.filter((name) => element.hasAttribute(name)).forEach((name) => {
      put(element, name, element.getAttribute(name), (text) => element.setAttribute(name, text));
    });
  }

  function visit(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      const element = node.parentElement;
      if (element && node.data.trim() && !element.closest(OURS)) put(node, "data", node.data, (text) => { node.data = text; });
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      dress(node);
      node.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join()).forEach(dress);
      if (node.closest(OURS)) return;
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
