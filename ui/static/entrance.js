// Written into the page before Streamlit's scripts, and kept to the syntax of 2009, so that every browser runs it: starts Streamlit, or says why it cannot.
(function () {
  "use strict";

  var ROOM = 10, SLOW = 30; // seconds until a connection that is not there is spoken of, and one that is there and silent
  var box = document.getElementById("entrance");
  var root = document.getElementById("root");

  // What Streamlit's scripts and ours call without asking; the regular expression is what only newer engines read.
  function isAble() {
    try {
      new RegExp("[\\p{L}--[a-z]]", "v");
      return Boolean(window.WebSocket && window.fetch && window.structuredClone && window.ResizeObserver && window.customElements &&
        [].at && [].toSorted && "".replaceAll && Object.hasOwn && Promise.allSettled && CSS.supports("selector(:has(a))"));
    } catch (error) {
      return false;
    }
  }

  function say(what) {
    var cases = box.querySelectorAll("[data-case]");
    for (var i = 0; i < cases.length; i += 1) cases[i].style.display = cases[i].getAttribute("data-case") === what ? "block" : "none";
    box.setAttribute("data-says", what);
    box.style.display = what ? "block" : "none";
  }

  // Streamlit tells its own state on its outermost element: whether it is connected, and whether the server has begun to answer.
  function watch() {
    var seconds = 0;
    var timer = setInterval(function () {
      var app = document.querySelector("[data-test-connection-state]");
      if (app && app.getAttribute("data-test-script-state") !== "initial") {
        clearInterval(timer);
        if (box.getAttribute("data-says") === "connection") say("");
        return;
      }
      seconds += 1;
      if (app && seconds >= (app.getAttribute("data-test-connection-state") === "CONNECTED" ? SLOW : ROOM)) say("connection");
    }, 1000);
  }

  function start() {
    var script = document.createElement("script");
    script.type = "module";
    script.crossOrigin = "";
    script.src = box.getAttribute("data-app");
    script.onerror = function () { say("files"); };
    window.addEventListener("error", function () { if (!root.firstChild) say("browser"); });
    document.body.appendChild(script);
    watch();
  }

  if (isAble()) start(); else say("browser");
})();
