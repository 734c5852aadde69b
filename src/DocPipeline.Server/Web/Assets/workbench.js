"use strict";
// The workbench: keys, boxes, zoom. Everything that counts is in the form that the server made; without this script it still works.
(() => {
  const form = document.getElementById("fields");
  const mine = form.dataset.mine === "true";
  const rows = [...form.querySelectorAll(".field")];
  // In a blind check nothing is marked: every field that was read is looked at.
  const wanted = row => form.dataset.blind === "true" ? !row.closest("details") : row.classList.contains("flagged");
  const inputOf = row => row.querySelector("input");
  const rowOf = element => element.closest(".field");
  const approve = document.getElementById("approve");
  const back = document.getElementById("return");
  const help = document.getElementById("help");
  const token = form.elements.namedItem("__RequestVerificationToken")?.value;

  // --- The page ---------------------------------------------------------------------------------------------------------------
  const picture = document.getElementById("picture");
  const stage = document.querySelector(".stage");
  const sheet = document.querySelector(".sheet");
  const strip = [...document.querySelectorAll(".strip button")];
  const rects = [...document.querySelectorAll(".sheet rect.box")];
  const printed = [...document.querySelectorAll(".paper rect")];
  const pick = document.getElementById("pick");
  const view = { page: Number(picture?.dataset.page ?? 0), scale: 1, turns: 0 };
  const words = new Map();

  function showPage(page) {
    if (!picture || page < 1 || page > Number(picture.dataset.pages) || page === view.page) return;
    view.page = page;
    picture.src = `${picture.dataset.pattern}${page}/picture`;
    picture.alt = `Page ${page} of ${picture.dataset.pages}`;
    for (const button of strip) button.setAttribute("aria-pressed", String(Number(button.dataset.page) === page));
    for (const rect of rects) rect.classList.toggle("off", Number(rect.dataset.page) !== page);
    pick.classList.add("off");
  }

  // The sheet is as wide as the stage at scale 1. A turned sheet keeps its box and turns what is in it.
  function lay() {
    if (!picture) return;
    sheet.style.width = `${Math.round(view.scale * 100)}%`;
    sheet.dataset.turns = String(view.turns);
  }

  function zoom(scale) {
    if (!picture) return;
    const x = (stage.scrollLeft + stage.clientWidth / 2) / sheet.offsetWidth;
    const y = (stage.scrollTop + stage.clientHeight / 2) / sheet.offsetHeight;
    view.scale = Math.min(6, Math.max(0.25, scale));
    lay();
    stage.scrollTo(x * sheet.offsetWidth - stage.clientWidth / 2, y * sheet.offsetHeight - stage.clientHeight / 2);
  }

  function turn() {
    view.turns = (view.turns + 1) % 4;
    lay();
  }

  function show(element) {
    if (!picture || !element.dataset.box) return;
    const [x0, y0, x1, y1] = element.dataset.box.split(" ").map(Number);
    showPage(Number(element.dataset.page));
    if (view.turns !== 0) return;
    // The value with its surroundings: at most half of the stage's width, never smaller than the whole page.
    view.scale = Math.min(2, Math.max(1, 0.4 / Math.max(x1 - x0, 0.05)));
    lay();
    const centre = () => stage.scrollTo(
      (x0 + x1) / 2 * sheet.offsetWidth - stage.clientWidth / 2,
      (y0 + y1) / 2 * sheet.offsetHeight - stage.clientHeight / 2);
    centre();
    if (!picture.complete) picture.addEventListener("load", centre, { once: true });
  }

  function activate(row) {
    for (const other of rows) other.classList.toggle("active", other === row);
    for (const rect of rects) rect.classList.toggle("active", rect.dataset.field === row?.dataset.field);
    if (row) show(row);
  }

  for (const button of strip) button.addEventListener("click", () => showPage(Number(button.dataset.page)));
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoom(button.dataset.zoom === "fit" ? 1 : view.scale * (button.dataset.zoom === "in" ? 1.25 : 0.8)));
  }
  document.querySelector("[data-turn]")?.addEventListener("click", turn);
  stage?.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const action = { "+": () => zoom(view.scale * 1.25), "-": () => zoom(view.scale * 0.8), "0": () => zoom(1), r: turn }[event.key];
    if (action) { action(); event.preventDefault(); }
  });
  stage?.addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    zoom(view.scale * (event.deltaY < 0 ? 1.1 : 0.9));
    event.preventDefault();
  }, { passive: false });

  // --- Fields -----------------------------------------------------------------------------------------------------------------
  // A field that one comes to is looked at, not typed in: digits choose. Any other character, F2 or a click begins to type.
  let typing = false;
  const original = new Map(rows.map(row => [row, inputOf(row).value]));

  // On paper a box goes to the picture of its page, which may have carried none so far.
  function print(rect, page) {
    const leaves = [...document.querySelectorAll(".paper figure")];
    const before = rect.closest("figure");
    let leaf = leaves.find(candidate => candidate.dataset.page === page);
    if (!leaf) {
      leaf = before.cloneNode(true);
      leaf.dataset.page = page;
      leaf.querySelector("figcaption span").textContent = page;
      leaf.querySelector("img").src = `${picture.dataset.pattern}${page}/picture`;
      leaf.querySelector("img").alt = `Page ${page} of ${picture.dataset.pages}`;
      leaf.querySelector("svg").replaceChildren();
      const last = leaves.filter(candidate => Number(candidate.dataset.page) < Number(page)).at(-1);
      if (last) last.after(leaf); else leaves[0].before(leaf);
    }
    leaf.querySelector("svg").append(rect);
    if (!before.querySelector("rect")) before.remove();
  }

  function place(row, page, box) {
    const name = row.dataset.field;
    for (const [kind, value] of [["page", page], ["box", box]]) {
      let hidden = form.elements.namedItem(`${kind}.${name}`);
      if (!hidden) {
        hidden = document.createElement("input");
        hidden.type = "hidden";
        hidden.name = `${kind}.${name}`;
        row.append(hidden);
      }
      hidden.value = value;
    }
    row.dataset.page = page;
    row.dataset.box = box;
    const [x0, y0, x1, y1] = box.split(" ").map(Number);
    for (const rect of [...rects, ...printed].filter(candidate => candidate.dataset.field === name)) {
      rect.dataset.page = page;
      for (const [key, value] of [["x", x0], ["y", y0], ["width", x1 - x0], ["height", y1 - y0]]) rect.setAttribute(key, value);
    }
    rects.find(candidate => candidate.dataset.field === name)?.classList.toggle("off", Number(page) !== view.page);
    const onPaper = printed.find(candidate => candidate.dataset.field === name);
    if (onPaper) print(onPaper, page);
  }

  function set(row, value) {
    inputOf(row).value = value;
    row.classList.toggle("changed", value !== original.get(row));
    row.classList.remove("seen");
  }

  function choose(row, number) {
    const choice = row.querySelectorAll(".choices button")[number - 1];
    if (!choice) return false;
    set(row, choice.dataset.value);
    place(row, choice.dataset.page, choice.dataset.box);
    show(row);
    inputOf(row).select();
    return true;
  }

  function accept(row) {
    row.classList.add("seen");
    const toCheck = [...rows.slice(rows.indexOf(row) + 1), ...rows].find(other => wanted(other) && !other.classList.contains("seen"));
    (toCheck ? inputOf(toCheck) : approve)?.focus();
  }

  for (const row of rows) {
    const input = inputOf(row);
    input.addEventListener("focus", () => { typing = false; activate(row); input.select(); });
    input.addEventListener("pointerdown", () => { if (document.activeElement === input) typing = true; });
    input.addEventListener("input", () => { typing = true; set(row, input.value); });
    for (const [index, button] of row.querySelectorAll(".choices button").entries()) {
      button.addEventListener("click", () => { choose(row, index + 1); input.focus(); });
    }
    row.addEventListener("click", event => { if (event.target === row || event.target.tagName === "P") input.focus(); });
    input.addEventListener("keydown", event => {
      if (event.key === "Enter" && !event.ctrlKey) { event.preventDefault(); if (mine) accept(row); return; }
      if (!mine || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "F2") { typing = true; input.setSelectionRange(input.value.length, input.value.length); event.preventDefault(); }
      else if (event.key === "Escape") { set(row, original.get(row)); typing = false; input.select(); }
      else if (!typing && /^[1-9]$/.test(event.key) && choose(row, Number(event.key))) event.preventDefault();
      else if (!typing && event.key === "?") { event.preventDefault(); help.showModal(); }
    });
  }

  for (const rect of rects) {
    rect.addEventListener("click", () => rows.find(row => row.dataset.field === rect.dataset.field)?.querySelector("input").focus());
  }
  for (const line of form.querySelectorAll("tr[data-box]")) {
    line.addEventListener("focusin", () => show(line));
    line.addEventListener("click", () => show(line));
  }

  // A column's sum follows what is typed; where a cell is no plain number there is none.
  for (const table of form.querySelectorAll("table.rows")) {
    table.addEventListener("input", () => {
      for (const output of table.querySelectorAll("[data-sum]")) {
        const cells = [...table.querySelectorAll("td")].filter(cell => cell.dataset.column === output.dataset.sum).map(cell => cell.querySelector("input").value.trim());
        const cents = cells.filter(Boolean).map(cell => /^-?\d+(\.\d+)?$/.test(cell) ? Math.round(Number(cell) * 100) : NaN);
        const sum = cents.reduce((a, b) => a + b, 0);
        output.textContent = Number.isNaN(sum) ? "–" : (sum / 100).toFixed(2);
      }
    });
    // Enter in a cell goes on below it; it must not press a button of the form.
    table.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.ctrlKey || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      const cell = event.target.closest("td");
      cell.parentElement.nextElementSibling?.children[cell.cellIndex]?.querySelector("input")?.focus();
    });
  }

  // --- Documents of the file: which page belongs to which, and what each of them is -------------------------------------------------
  const grouping = document.getElementById("grouping");
  if (grouping) {
    const numbers = [...grouping.querySelectorAll("input[type=number]")];
    const types = [...grouping.querySelectorAll("[data-document]")];
    // Only documents that have a page are asked for their type.
    const shown = () => {
      const used = new Set(numbers.map(number => number.value));
      for (const type of types) type.hidden = !used.has(type.dataset.document);
    };
    grouping.addEventListener("input", shown);
    shown();
    for (const number of numbers) number.addEventListener("focus", () => { showPage(Number(number.dataset.page)); number.select(); });
    // Enter goes on to the next page or type; it must not press a button of the form.
    grouping.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.ctrlKey || event.target.tagName === "BUTTON" || event.target.tagName === "SUMMARY") return;
      event.preventDefault();
      const stops = [...grouping.querySelectorAll("input[type=number], select, button")].filter(stop => !stop.closest("[hidden]"));
      stops[stops.indexOf(event.target) + 1]?.focus();
    });
  }

  function regroup() {
    grouping.open = true;
    const first = grouping.querySelector("[data-document]:not([hidden]) select");
    first.focus();
    grouping.scrollIntoView({ block: "nearest" });
  }

  // --- Words on the page: a frame drawn around them fills the field ------------------------------------------------------------
  async function wordsOf(page) {
    if (!words.has(page)) {
      const answer = await fetch(`${picture.dataset.pattern}${page}/words`);
      words.set(page, answer.ok ? await answer.json() : []);
    }
    return words.get(page);
  }

  let frame = null;
  const at = event => {
    const area = sheet.getBoundingClientRect();
    return [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height].map(value => Math.min(1, Math.max(0, value)));
  };
  sheet?.addEventListener("pointerdown", event => {
    const row = rows.find(candidate => candidate.classList.contains("active"));
    if (!mine || !row || event.button !== 0 || view.turns !== 0 || event.pointerType === "touch") return;
    frame = { from: at(event), row };
    event.preventDefault();
  });
  addEventListener("pointermove", event => {
    if (!frame) return;
    const [x, y] = at(event);
    frame.box = [Math.min(x, frame.from[0]), Math.min(y, frame.from[1]), Math.max(x, frame.from[0]), Math.max(y, frame.from[1])];
    for (const [key, value] of [["x", frame.box[0]], ["y", frame.box[1]], ["width", frame.box[2] - frame.box[0]], ["height", frame.box[3] - frame.box[1]]]) pick.setAttribute(key, value);
    pick.classList.remove("off");
  });
  addEventListener("pointerup", async () => {
    const drawn = frame;
    frame = null;
    if (!drawn?.box) return;
    const [x0, y0, x1, y1] = drawn.box;
    const page = view.page;
    const inside = (await wordsOf(page)).filter(({ box }) => {
      const x = (box[0] + box[2]) / 2, y = (box[1] + box[3]) / 2;
      return x >= x0 && x <= x1 && y >= y0 && y <= y1;
    });
    pick.classList.add("off");
    if (inside.length === 0) return;
    // Lines from top to bottom, words from left to right: a word belongs to a line whose middle it covers.
    const lines = [];
    for (const word of inside.sort((a, b) => a.box[1] - b.box[1])) {
      const line = lines.find(candidate => candidate.middle >= word.box[1] && candidate.middle <= word.box[3]);
      if (line) line.words.push(word); else lines.push({ middle: (word.box[1] + word.box[3]) / 2, words: [word] });
    }
    const text = lines.map(line => line.words.sort((a, b) => a.box[0] - b.box[0]).map(word => word.text).join(" ")).join(" ");
    const around = [Math.min(...inside.map(w => w.box[0])), Math.min(...inside.map(w => w.box[1])), Math.max(...inside.map(w => w.box[2])), Math.max(...inside.map(w => w.box[3]))];
    set(drawn.row, text);
    place(drawn.row, String(page), around.map(edge => edge.toFixed(5)).join(" "));
    inputOf(drawn.row).focus();
  });

  // --- Keys for the whole page --------------------------------------------------------------------------------------------------
  document.getElementById("help-button")?.addEventListener("click", () => help.showModal());
  addEventListener("keydown", event => {
    if (help.open) return;
    if (event.key === "Enter" && event.ctrlKey && approve) { (grouping?.contains(event.target) ? document.getElementById("read-again") : approve).click(); event.preventDefault(); }
    else if (event.key === "F4" && grouping && !event.altKey) { regroup(); event.preventDefault(); }
    else if (event.key === "F8" && mine) { form.elements.namedItem("reason")?.focus(); event.preventDefault(); }
    else if (event.key === "F9" && back) { const note = form.elements.namedItem("note"); if (note.value.trim()) back.click(); else note.focus(); event.preventDefault(); }
    else if (event.key === "PageDown" && view.page) { showPage(view.page + 1); event.preventDefault(); }
    else if (event.key === "PageUp" && view.page) { showPage(view.page - 1); event.preventDefault(); }
    else if (event.key === "?" && !event.target.matches("input, textarea, select")) help.showModal();
  });

  // --- Holding the document, and what comes next ----------------------------------------------------------------------------------
  if (mine) {
    const id = form.dataset.case;
    let leaving = false;
    form.addEventListener("submit", () => { leaving = true; });
    setInterval(async () => {
      const answer = await fetch(`/review/${id}/hold`, { method: "POST", headers: { "X-Form-Token": token } }).catch(() => null);
      if (answer?.status === 409) location.reload();
    }, 60_000);
    addEventListener("pagehide", () => {
      if (leaving) return;
      const body = new FormData();
      body.set("__RequestVerificationToken", token);
      navigator.sendBeacon(`/review/${id}/release`, body);
    });
    addEventListener("load", async () => {
      const answer = await fetch(`/review/${id}/following`).catch(() => null);
      if (answer?.status === 200) new Image().src = (await answer.json()).picture;
    });
    const first = rows.find(wanted) ?? rows[0];
    if (first) inputOf(first).focus();
  }
  document.documentElement.dataset.ready = "true";
})();
