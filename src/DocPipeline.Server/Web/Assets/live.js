"use strict";
// Keeps the number of waiting documents in the bar as it is, and says so on the queue when what is shown is no longer all.
(() => {
  const badge = document.getElementById("waiting");
  const hint = document.getElementById("changed");
  const shown = hint ? Number(hint.dataset.shown) : null;
  if (!badge) return;
  // After what the page itself needs.
  addEventListener("load", () => new EventSource("/queue/live").addEventListener("waiting", event => {
    const count = Number(event.data);
    badge.textContent = String(count);
    badge.hidden = false;
    if (hint) hint.hidden = count === shown;
  }));
})();
