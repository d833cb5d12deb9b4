// Ranking bars as buttons: one row a district, largest first. All text is set as text.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".ranking");
  const rows = data.rows.map((row) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "row" + (row.selected ? " selected" : "") + (row.nothing ? " nothing" : "");
    button.dataset.adcode = row.adcode;
    button.setAttribute("aria-pressed", String(row.selected));
    button.onclick = () => setTriggerValue("selected", row.selected ? "" : row.adcode);
    [["rank", row.rank], ["name", row.name], ["track", ""], ["value", row.value]].forEach(([name, text]) => {
      const cell = document.createElement("span");
      cell.className = name;
      cell.textContent = text;
      button.appendChild(cell);
    });
    const bar = document.createElement("i");
    bar.style.width = row.width + "%";
    bar.style.background = row.colour;
    button.querySelector(".track").appendChild(bar);
    return button;
  });
  const focused = root.querySelector(":focus")?.dataset.adcode;
  root.setAttribute("aria-label", data.title);
  root.replaceChildren(...rows);
  rows.find((row) => row.dataset.adcode === focused)?.focus();
}
