// Keeps a show in step with the presenter's window through its room. The wall leads: after a lost connection the room takes over where the wall is.
(function () {
  "use strict";

  // A wall that was only loaded again (``resumes``) takes the room's place, for the presenter may have gone on meanwhile.
  function connect(show, name, resumes) {
    let waits = resumes;
    const take = (state) => {
      if (state.version) show.tellNewer(state.version);
      if (waits && state.seq === 0) move();
      waits = false;
      if (state.seq === 0) return; // nobody has led yet
      if (state.lang) show.setLanguage(state.lang, true);
      if (state.slide) show.goTo(state.slide, true);
      show.setBlack(state.black, true);
      if (show.options.onFollow) show.options.onFollow(show);
    };
    const here = () => ({ slide: show.slide.id, black: !show.black.hidden, lang: show.lang, playing: Boolean(show.auto) });
    const room = window.showRoom.connect(name, take, () => {}, here);
    const move = () => room.post(here());
    if (!resumes) move();
    return { move, ask: (question) => room.post({ question }), close: room.close };
  }

  window.showLink = { connect };
})();
