// The page of a link, where a person has it before them: only a hand can tell, for programs that try links
// touch nothing.

const address = document.querySelector("[data-opened]").dataset.opened;
const signs = ["pointerdown", "keydown", "touchstart", "wheel", "scroll", "pointermove"];

function opened() {
  for (const sign of signs) removeEventListener(sign, opened);
  fetch(address, { method: "POST", keepalive: true }).catch(() => {});
}

for (const sign of signs) addEventListener(sign, opened, { passive: true });
