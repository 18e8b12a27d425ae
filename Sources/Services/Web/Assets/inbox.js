// The inbox by keys, many at once, and who else is there. Without it every link and every form works.

const list = document.getElementById("list");
const pane = document.querySelector("[data-conversation]");
const rows = () => [...list.querySelectorAll(".mail")];
const boxes = () => [...list.querySelectorAll(".pick input")];
const wide = matchMedia("(min-width: 901px)");

// Selecting ------------------------------------------------------------------

const chosen = document.getElementById("chosen");
const count = () => { chosen.textContent = boxes().filter((box) => box.checked).length; };
list.addEventListener("change", count);
document.addEventListener("mailroom:renewed", count);
const selecting = document.getElementById("selecting");
selecting.hidden = false;
selecting.addEventListener("click", () => {
  const isOn = list.classList.toggle("selecting");
  selecting.setAttribute("aria-pressed", isOn);
  if (!isOn) boxes().forEach((box) => { box.checked = false; });
  count();
});
// A tap on a row selects it as long as that is what one is doing.
list.addEventListener("click", (event) => {
  if (!list.classList.contains("selecting") || event.target.closest(".pick")) return;
  const box = event.target.closest(".mail")?.querySelector(".pick input");
  if (!box) return;
  event.preventDefault();
  box.checked = !box.checked;
  count();
});

// Where one is in the list: the open conversation, or what the keys went to -----

let at = list.querySelector(".mail.open")?.dataset.id;
let last;
const place = () => rows().findIndex((row) => row.dataset.id === at);
const here = () => rows()[place()];
function go(index) {
  const all = rows();
  const row = all[Math.max(0, Math.min(all.length - 1, index))];
  if (!row) return;
  at = row.dataset.id;
  mark();
  row.scrollIntoView({ block: "nearest" });
  row.querySelector(".subj").focus({ preventScroll: true });
}
function mark() { for (const row of rows()) row.classList.toggle("at", row.dataset.id === at); }
document.addEventListener("mailroom:renewed", mark);
// After a deed the list comes back without what it was done to: the next one is at the same place.
const kept = sessionStorage.getItem("place");
sessionStorage.removeItem("place");
if (!pane && kept !== null && wide.matches) go(Number(kept));
addEventListener("submit", () => { if (place() >= 0) sessionStorage.setItem("place", place()); }, true);

// Keys -------------------------------------------------------------------------

const click = (id) => { const found = document.getElementById(id); found?.click(); return Boolean(found); };
const menu = (id) => {
  const found = document.getElementById(id);
  if (!found) return;
  found.open = true;
  found.querySelector(".menu button, .menu a").focus();
};
const isMany = () => boxes().some((box) => box.checked);
/** On all that are selected, on what is open, or on where the keys are. */
async function deed(name, value, path) {
  const bulk = document.getElementById("bulk");
  if (!isMany() && pane) { return; }
  if (!isMany() && here()) here().querySelector(".pick input").checked = true;
  if (!isMany()) return;
  const button = document.createElement("button");
  Object.assign(button, { name, value, hidden: true });
  bulk.append(button);
  bulk.requestSubmit(button);
}
const many = (index) => { const found = document.querySelectorAll("#bulk details")[index]; found.open = true; found.querySelector(".menu button").focus(); };
const own = () => pane && !isMany();

const keys = {
  j: () => go(place() + 1),
  k: () => go(place() - 1),
  Enter: () => { if (document.activeElement === document.body) here()?.querySelector(".subj").click(); else return false; },
  x: (event) => {
    const box = here()?.querySelector(".pick input");
    if (!box) return;
    if (event.shiftKey && last) {
      const all = boxes();
      const [from, to] = [all.findIndex((one) => one.value === last), all.indexOf(box)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((one) => { one.checked = true; });
    } else box.checked = !box.checked;
    last = box.value;
    count();
  },
  e: () => own() ? click("finish") : deed("state", "done"),
  u: () => own() ? click("set-unread") : deed("state", "unread"),
  w: () => own() ? click("set-waiting") : deed("state", "waiting"),
  z: () => own() ? menu("snoozing") : (ready(), many(1)),
  a: () => own() ? menu("assigning") : (ready(), many(0)),
  i: () => { const mine = document.querySelector(own() ? "#assigning .menu button" : "#bulk .menu button"); if (own()) mine?.click(); else deed("assign", mine.value); },
  r: () => click("reply"),
  n: () => { const note = document.getElementById("note-text"); if (!note) return; note.focus(); note.scrollIntoView({ block: "nearest" }); },
  q: () => click("request"),
  m: () => own() ? click("change-account") : (ready(), isMany() && click("bulk-account")),
  f: () => { const file = document.querySelector(".att details"); if (file) { file.open = true; file.querySelector(".menu a, .menu button").focus(); } },
  "/": () => document.getElementById("q").focus(),
  "?": () => document.getElementById("keys").showModal(),
};
const goes = { i: "/", m: "/?view=mine", a: "/accounts" };
function ready() { if (!isMany() && here()) { here().querySelector(".pick input").checked = true; count(); } }

let isGoing = false;
document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.keys === "off" || event.isComposing) return;
  const field = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.target.form?.requestSubmit(); return; }
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !field) {
    const undo = document.querySelector(".toast form");
    if (undo) { event.preventDefault(); undo.requestSubmit(); }
    return;
  }
  if (event.key === "Escape" && field) { event.target.blur(); return; }
  if (field || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (isGoing) {
    isGoing = false;
    if (goes[key]) { event.preventDefault(); location.href = goes[key]; return; }
  }
  if (key === "g") { isGoing = true; setTimeout(() => { isGoing = false; }, 1500); return; }
  if (!keys[key]) return;
  if (keys[key](event) !== false) event.preventDefault();
});
// The dialog's own keys.
document.getElementById("keys").addEventListener("click", (event) => { if (event.target.id === "keys") event.target.close(); });

// Who else is there ----------------------------------------------------------------

if (pane) {
  document.querySelector(".mail.open")?.scrollIntoView({ block: "nearest" });
  const token = document.querySelector("#bulk [name=token]").value;
  const text = document.getElementById("note-text");
  let isWriting = false;
  const beat = (more = {}) => {
    const body = new URLSearchParams({ token, writing: isWriting ? "1" : "0", ...more });
    const path = `/c/${pane.dataset.conversation}/beat`;
    if (more.leaving) navigator.sendBeacon(path, body); else fetch(path, { method: "POST", body }).catch(() => {});
  };
  const tell = () => {
    const now = document.activeElement === text && text.value.trim() !== "";
    if (now !== isWriting) { isWriting = now; beat(); }
  };
  text.addEventListener("input", tell);
  text.addEventListener("blur", () => setTimeout(tell, 200));
  beat();
  setInterval(() => { if (!document.hidden) beat(); }, 20_000);
  addEventListener("pagehide", () => beat({ leaving: "1" }));
}
