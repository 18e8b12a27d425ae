// Triage by keys: J and K go from one thing that waits to the next, 1 to 9 answer it, Enter opens its
// message, U takes back what was done last. Without a script everything is there as buttons.

const items = () => [...document.querySelectorAll("[data-item]")];
const current = () => document.activeElement?.closest("[data-item]");
const place = `triage:${location.pathname}`;

function go(step) {
  const all = items();
  if (all.length === 0) return;
  const at = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.keys === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const item = current();
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "u") document.querySelector(".toast form button")?.click();
  else if (/^[1-9]$/.test(event.key)) (item ?? items()[0])?.querySelector(`[data-key="${event.key}"]`)?.click();
  else if (event.key === "/" && document.getElementById("f-q")) document.getElementById("f-q").focus();
  else if (event.key === "Escape" && document.querySelector("[data-cancel]")) document.querySelector("[data-cancel]").click();
  else if (event.key === "Enter" && event.target === item) item.querySelector("[data-open]")?.click();
  else return;
  event.preventDefault();
});

// The next page begins where this one was left: the thing that took the place of the one just answered.
document.addEventListener("submit", (event) => {
  const item = event.target.closest("[data-item]");
  if (item) sessionStorage.setItem(place, String(items().indexOf(item)));
});

const left = sessionStorage.getItem(place);
sessionStorage.removeItem(place);
const all = items();
if (all.length > 0 && (left !== null || document.querySelector("form[data-item]"))) {
  all[Math.min(all.length - 1, Number(left ?? 0))].focus({ preventScroll: left === null });
}

// What is being typed is looked for at once; the address says it too, so that live.js fetches the answers.
const choices = document.getElementById("account-choices");
const search = choices && document.getElementById("f-q");
let pause;
search?.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    history.replaceState(null, "", `${search.form.getAttribute("action")}?${new URLSearchParams(new FormData(search.form))}`);
    document.dispatchEvent(new CustomEvent("mailroom:renew", { detail: [choices.dataset.part] }));
  }, 120);
});
