// Keeps a show in step with the presenter's window through its room. The wall leads: after a lost connection the room takes over where the wall is.
(function () {
  "use strict";

  function connect(show, address) {
    const take = (state) => {
      if (state.version) show.tellNewer(state.version);
      if (state.seq === 0) return; // nobody has led yet
      if (state.lang) show.setLanguage(state.lang, true);
      if (state.slide) show.goTo(state.slide, true);
      show.setBlack(state.black, true);
      if (show.options.onFollow) show.options.onFollow(show);
    };
    const here = () => ({ slide: show.slide.id, black: !show.black.hidden, lang: show.lang, playing: Boolean(show.auto) });
    const room = window.showRoom.connect(address, take, () => {}, here);
    const move = () => room.post(here());
    move();
    return { move, ask: (question) => room.post({ question }), close: room.close };
  }

  window.showLink = { connect };
})();
