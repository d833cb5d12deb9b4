// Opens the show, or the presenter view, on the dashboard's page: above everything Streamlit draws, outside of what it redraws.
const OPTIONS = { once: true };
const LEFT = "briefing-left"; // the address that the show had when its page was left
const ROOM = "briefing-room"; // kept for this tab, so that a reload, or a server that was started again, finds the presenter's window again
let current = null;
let loading = Promise.resolve();

function load(tag, address) {
  return new Promise((done, failed) => {
    if ([...document.querySelectorAll("[data-briefing]")].some((element) => element.dataset.briefing === address)) { done(); return; }
    const element = document.createElement(tag);
    Object.assign(element, tag === "link" ? { rel: "stylesheet", href: address } : { src: address, async: false });
    element.dataset.briefing = address;
    element.addEventListener("load", done, OPTIONS);
    element.addEventListener("error", () => { element.remove(); failed(new Error(`${address} could not be loaded`)); }, OPTIONS);
    document.head.append(element);
  });
}

// The address alone opens the same slide again.
function keepAddress(show) {
  const address = new URL(window.location.href);
  address.searchParams.set("slide", show.slide.id);
  address.searchParams.set("lang", show.lang);
  window.history.replaceState(window.history.state, "", address);
  document.title = `${show.face.title} · ${show.deck.titles[show.lang]}`;
}

function onTop(root) {
  root.dataset.reactAriaTopLayer = "true"; // Streamlit's dialog of a lost connection leaves it alone
  const page = document.querySelector(".stApp");
  if (page) page.setAttribute("aria-hidden", "true");
  return () => { if (page) page.removeAttribute("aria-hidden"); };
}

// Whether this page is the show's own page loaded again, not one that was opened anew.
function wasReloaded() {
  const left = window.sessionStorage.getItem(LEFT);
  window.sessionStorage.removeItem(LEFT);
  return left === window.location.href && window.performance.getEntriesByType("navigation")[0]?.type === "reload";
}

function openWall(data) {
  let link = null;
  const show = window.briefing.open(data.deck, {
    ...data,
    onMove: (moved) => { keepAddress(moved); if (link) link.move(); },
    onFollow: keepAddress,
    ask: (question) => { if (link) link.ask(question); },
  });
  const uncover = onTop(show.root);
  const follow = () => show.goTo(new URL(window.location.href).searchParams.get("slide") || "");
  window.addEventListener("popstate", follow);
  const leave = () => window.sessionStorage.setItem(LEFT, window.location.href);
  window.addEventListener("pagehide", leave);
  let resumes = wasReloaded();
  const join = (told) => {
    if (link) link.close();
    show.options.presenter = told.presenter;
    link = window.showLink.connect(show, told.room, resumes);
    resumes = false;
  };
  keepAddress(show);
  return {
    join,
    tell: (version) => show.tellNewer(version),
    close: () => { window.removeEventListener("popstate", follow); window.removeEventListener("pagehide", leave); if (link) link.close(); uncover(); show.close(); },
  };
}

function openNotes(data) {
  const root = document.createElement("div");
  root.classList.toggle("dark", data.dark);
  document.body.append(root);
  const uncover = onTop(root);
  const close = window.briefingNotes.open(root, data.deck, { room: data.room, lang: data.lang });
  return { join: () => {}, tell: () => {}, close: () => { close(); uncover(); root.remove(); } };
}

// Joins the room this tab had before; the server opens it again under its old name if need be, and then tells its address anew. Without a room,
// where too many are in use, the show goes on alone.
function settle(data, setStateValue) {
  const kept = data.screen === "wall" ? window.sessionStorage.getItem(ROOM) : data.room;
  if (kept && kept !== data.room && current.asked !== kept) {
    current.asked = kept;
    setStateValue("room", kept);
    return;
  }
  if (!data.room) return;
  if (data.screen === "wall") window.sessionStorage.setItem(ROOM, data.room);
  if (current.room !== data.room) current.join(data);
  current.room = data.room;
}

// A later run of the page, after a lost connection or a newer version of the data, never replaces a show that goes on: it is told, and R takes it over.
export function open({ data, setStateValue }) {
  const place = (name) => new URL(name, document.baseURI).href;
  loading = loading.then(async () => {
    if (current) {
      current.tell(data.deck.version);
    } else {
      await Promise.all([...data.files.styles.map((name) => load("link", place(name))), ...data.files.scripts.map((name) => load("script", place(name)))]);
      current = (data.screen === "notes" ? openNotes : openWall)(data);
    }
    settle(data, setStateValue);
  }).catch((error) => { console.error(error); }); // the next run tries again
}

export function close() {
  loading = loading.then(() => { if (current) current.close(); current = null; });
}
