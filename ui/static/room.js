// A connection to a show's room on the server (ui/show/rooms.py), for the wall and the presenter's window alike. Without the server both go on alone.
(function () {
  "use strict";

  const SOON = 300, LATER = 2000; // milliseconds until a connection that broke off is tried again: the first time, and after that
  const PATIENCE = 5000; // milliseconds an answer may take; after that the connection counts as lost

  // Posts changes one after another, merged where they come faster than the server answers, and hands over states that are not older than what
  // was posted: so the window never jumps back to where the show was before the last key.
  // Who leads the show gives ``lead``, which returns where it is: it posts again, once the connection is back, what could not be posted, and opens
  // a room that the server has forgotten. Others take the room's state.
  function connect(name, onState, onStatus, lead) {
    const address = new URL("api/show/" + encodeURIComponent(name), document.baseURI).href; // wherever a proxy has put the page
    let source = null, timer = 0, tries = 0, closed = false, outbox = null, sending = false, seen = -1, waiting = null;

    function listen() {
      if (closed) return;
      source = new EventSource(address + "/events");
      source.onmessage = (event) => {
        tries = 0;
        onStatus("connected");
        waiting = JSON.parse(event.data);
        if (outbox && !sending) send(); else deliver();
      };
      source.onerror = again;
    }

    function again() { // the server ends long streams in good order; we say that the connection is lost only when it is not back at once
      if (closed) return;
      source.close();
      clearTimeout(timer);
      tries += 1;
      if (tries > 1) onStatus("reconnecting");
      timer = setTimeout(knock, tries > 1 ? LATER : SOON);
    }

    function knock() { // an EventSource does not tell why it was refused
      ask(address + "/events", { method: "HEAD", cache: "no-store" }).then((answer) => (answer.status === 404 ? over() : listen()), again);
    }

    function ask(url, request) {
      const abort = new AbortController(), limit = setTimeout(() => abort.abort(), PATIENCE);
      return fetch(url, { ...request, signal: abort.signal }).finally(() => clearTimeout(limit));
    }

    function over() { // the server forgot the room, as after a restart
      if (closed) return;
      source.close();
      onStatus("over");
      clearTimeout(timer);
      timer = setTimeout(lead ? () => post({ ...lead(), open: true }) : knock, LATER);
    }

    function deliver() {
      if (closed || sending || !waiting || waiting.seq < seen) return;
      const state = waiting;
      waiting = null;
      onState(state);
    }

    function post(change) {
      if (closed) return;
      outbox = { ...outbox, ...change };
      if (!sending) send();
    }

    function send() {
      const change = outbox, body = JSON.stringify(change);
      outbox = null;
      sending = true;
      ask(address, { method: "POST", headers: { "Content-Type": "application/json" }, body })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
        .then((answer) => { seen = answer.seq; if (source.readyState === EventSource.CLOSED) listen(); return true; }, (status) => failed(status, change))
        .then((posted) => {
          sending = false;
          if (!posted || closed) return;
          if (outbox) send(); else deliver();
        });
    }

    function failed(status, change) {
      waiting = null;
      const refused = status >= 400 && status < 500 && status !== 404; // it would be refused again
      outbox = lead && !refused ? { ...change, ...outbox } : null;
      tries += 1;
      if (status === 404) over(); else again();
      return false;
    }

    function refresh() { // a phone that slept may hold a connection that is long dead
      if (document.visibilityState !== "visible") return;
      clearTimeout(timer);
      source.close();
      listen();
    }

    function close() {
      closed = true;
      clearTimeout(timer);
      source.close();
      document.removeEventListener("visibilitychange", refresh);
    }

    document.addEventListener("visibilitychange", refresh);
    onStatus("reconnecting");
    listen();
    return { post, close };
  }

  window.showRoom = { connect };
})();
