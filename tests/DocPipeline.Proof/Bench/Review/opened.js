// Runs before the page's own scripts. Tells when the page has been painted with its picture decoded and its boxes laid over it, in milliseconds since the navigation began.
window.opened = new Promise(done => addEventListener("DOMContentLoaded", async () => {
  const picture = document.getElementById("picture");
  await picture.decode();
  const decoded = performance.now();
  // The second frame begins when the first one, which has all of it, is painted.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const boxes = [...document.querySelectorAll(".sheet rect.box:not(.off)")].filter(box => box.getBoundingClientRect().width > 0);
    const page = performance.getEntriesByType("navigation")[0];
    const file = performance.getEntriesByName(picture.currentSrc)[0];
    done({ page: page.responseEnd, picture: file.responseEnd, decoded, drawn: performance.now(), bytes: file.encodedBodySize, boxes: boxes.length, ready: document.documentElement.dataset.ready === "true" });
  }));
}));
