// The search: J and K (or the arrows) walk through what was found, / goes back to the field.

const field = document.getElementById("q");
const hits = () => [...document.querySelectorAll("#found .hit .what")];

function step(by) {
  const all = hits();
  if (all.length === 0) return false;
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  if (next < 0) { field.focus(); return true; }
  all[Math.min(next, all.length - 1)].focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.nodeName);
  const letters = document.documentElement.dataset.keys !== "off" && !typing;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  let taken = false;
  if (key === "ArrowDown" && (!typing || event.target === field)) taken = step(1);
  else if (key === "ArrowUp" && !typing) taken = step(-1);
  else if (letters && key === "j") taken = step(1);
  else if (letters && key === "k") taken = step(-1);
  else if (letters && key === "/") { field.focus(); field.select(); taken = true; }
  if (taken) event.preventDefault();
});
