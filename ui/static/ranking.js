// Ranking bars as buttons, largest first; a row is [adcode, name, rank, value, start, width, colour]. All text is set as text.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".ranking");
  const focused = root.querySelector(":focus")?.dataset.adcode;
  const cell = (name, text) => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  };
  const buttons = data.rows.map(([adcode, name, rank, value, start, width, colour]) => {
    const button = document.createElement("button");
    const on = adcode === data.selected;
    const bar = document.createElement("i");
    bar.style.cssText = `margin-left:${start}%;width:${width}%;background:${colour}`;
    button.type = "button";
    button.className = "row" + (on ? " selected" : "") + (colour ? "" : " nothing");
    button.dataset.adcode = adcode;
    button.setAttribute("aria-pressed", on);
    button.onclick = () => setTriggerValue("selected", on ? "" : adcode);
    const [figure, sign] = value.split("†"); // of a secondary source: the sign is seen, its meaning is read out
    button.append(cell("rank", rank), cell("name", name), cell("track", ""), cell("value", figure));
    button.children[2].append(bar);
    if (sign !== undefined) {
      const dagger = cell("sign", "†");
      dagger.setAttribute("role", "img");
      dagger.setAttribute("aria-label", data.second);
      button.lastChild.append(dagger);
    }
    return button;
  });
  root.classList.toggle("alone", buttons.length === 1); // its name says of which cluster it is the home
  root.setAttribute("aria-label", data.title);
  root.replaceChildren(...buttons);
  buttons.find((button) => button.dataset.adcode === focused)?.focus();
}
