// Keeps an open page true: when the server says what changed, the regions that show it are fetched anew
// and morphed in place, so that focus, scrolling, open menus and half-typed words stay.

const policy = globalThis.trustedTypes?.createPolicy("mailroom", { createHTML: (text) => text });
const parsed = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");

/** Makes `old` like `next`, reusing what is there; children are told apart by id or data-key. */
function morph(old, next) {
  if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName) {
    old.replaceWith(document.importNode(next, true));
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  if (old.hasAttribute("data-keep")) return;
  const typing = old === document.activeElement && /^(INPUT|TEXTAREA|SELECT)$/.test(old.nodeName);
  for (const { name, value } of [...next.attributes]) {
    if (old.getAttribute(name) !== value && !(name === "open" || (typing && name === "value"))) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }
  if (old.nodeName === "TEXTAREA" || old.nodeName === "IFRAME") return;
  const key = (node) => node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset?.key : undefined;
  const known = new Map();
  for (const child of old.childNodes) if (key(child)) known.set(key(child), child);
  let at = old.firstChild;
  for (const child of [...next.childNodes]) {
    const same = key(child) ? known.get(key(child)) : undefined;
    if (same) {
      known.delete(key(child));
      if (same !== at) old.insertBefore(same, at); else at = at.nextSibling;
      morph(same, child);
    } else if (at && !key(at) && !key(child) && at.nodeName === child.nodeName) {
      const following = at.nextSibling;
      morph(at, child);
      at = following;
    } else {
      old.insertBefore(document.importNode(child, true), at);
    }
  }
  while (at) {
    const following = at.nextSibling;
    at.remove();
    at = following;
  }
}

/** Fetches this page and renews the regions that depend on one of the names; all where none is given. */
async function refresh(names) {
  // What answered a form has an address that only forms go to, and holds what was typed.
  if ("still" in document.documentElement.dataset) return;
  const regions = [...document.querySelectorAll("[data-part]")].filter(
    (region) => !names || region.dataset.part.split(" ").some((name) => names.includes(name)));
  if (regions.length === 0) return;
  const wanted = regions.map((region) => region.id).join(" ");
  const answer = await fetch(location.href, { headers: { "x-part": wanted }, credentials: "same-origin" });
  if (answer.status === 401) { location.reload(); return; }
  if (!answer.ok) return;
  const page = parsed(await answer.text());
  for (const region of regions) {
    const next = page.getElementById(region.id);
    if (next) morph(region, next);
  }
  document.dispatchEvent(new CustomEvent("mailroom:renewed", { detail: names }));
}

let waiting = new Set();
let running = false;
// Between two renewals a page rests, and the longer the busier the server is: a first sync changes the inbox
// many times a second.
let wake = () => {};
let urgent = false;
const rest = (took) => new Promise((done) => { wake = done; setTimeout(done, Math.min(5000, Math.max(250, 2 * took))); });
async function renew() {
  if (running || document.hidden) return;
  running = true;
  while (waiting.size > 0 && !document.hidden) {
    const names = [...waiting];
    waiting = new Set();
    urgent = false;
    const began = performance.now();
    try { await refresh(names); } catch { names.forEach((name) => waiting.add(name)); break; }
    if (!urgent) await rest(performance.now() - began);
  }
  running = false;
}

// Other scripts ask for it so: they need not know where this one lives. What somebody did is shown at once.
document.addEventListener("mailroom:renew", (event) => { event.detail.forEach((name) => waiting.add(name)); urgent = true; wake(); renew(); });

const offline = document.getElementById("offline");
if (document.querySelector("[data-part]")) {
  const line = new EventSource(`/events?since=${document.body.dataset.changes ?? ""}`);
  let lost = false;
  line.addEventListener("open", () => {
    if (offline) offline.hidden = true;
    // What happened while the line was down is not told again: everything is looked at once.
    if (lost) { for (const region of document.querySelectorAll("[data-part]")) region.dataset.part.split(" ").forEach((name) => waiting.add(name)); renew(); }
    lost = false;
  });
  line.addEventListener("error", () => {
    lost = true;
    setTimeout(() => { if (lost && offline) offline.hidden = false; }, 3000);
  });
  line.addEventListener("change", (event) => {
    event.data.split(" ").forEach((name) => waiting.add(name));
    renew();
  });
  for (const kind of ["presence", "signed-out"]) {
    line.addEventListener(kind, (event) => document.dispatchEvent(new CustomEvent(`mailroom:${kind}`, { detail: event.data })));
  }
  // Of another browser, maybe: a page that is still signed in keeps what is typed in it.
  document.addEventListener("mailroom:signed-out", async () => {
    const answer = await fetch("/more", { headers: { "x-part": "none" } });
    if (answer.status === 401) location.reload();
  });
  document.addEventListener("visibilitychange", renew);
  addEventListener("pagehide", () => line.close());
}

// A click elsewhere, or Escape, closes an open menu.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu-of[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details.menu-of[open]") ?? document.querySelector("details.menu-of[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// A toast leaves by itself, but not while it is being read; its trace leaves the address at once.
for (const toast of document.querySelectorAll(".toast[data-seconds]")) {
  const address = new URL(location.href);
  address.searchParams.delete("did");
  address.searchParams.delete("undo");
  address.searchParams.delete("mark");
  history.replaceState(history.state, "", address);
  let left = Number(toast.dataset.seconds);
  const clock = setInterval(() => {
    if (toast.matches(":hover, :focus-within")) return;
    if (--left <= 0) { clearInterval(clock); toast.remove(); }
  }, 1000);
}

// Copies what a button names, and says so: on the button, and to whoever doesn't see it. Where a browser keeps the
// clipboard to itself, the text is marked instead, to be copied by hand.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  event.preventDefault();
  const words = button.querySelector("[data-copied]");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const text = button.parentElement.querySelector("code, .asis");
    if (text) getSelection().selectAllChildren(text);
    return;
  }
  const said = document.createElement("span");
  said.className = "sr";
  said.textContent = words.dataset.copied;
  document.querySelector(".toasts").append(said);
  words.dataset.words ??= words.textContent;
  words.textContent = words.dataset.copied;
  setTimeout(() => { words.textContent = words.dataset.words; said.remove(); }, 2000);
});
