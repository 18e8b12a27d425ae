// The page of a link. Whether a person has it before them only a person's hand can tell: programs that try
// the links of a mail open pages, and touch nothing.

const form = document.querySelector("form.drop");

if (form) {
  const signs = ["pointerdown", "keydown", "touchstart", "wheel", "scroll", "pointermove"];
  const opened = () => {
    for (const sign of signs) removeEventListener(sign, opened);
    fetch(form.dataset.path + "/opened", { method: "POST", keepalive: true }).catch(() => {});
  };
  for (const sign of signs) addEventListener(sign, opened, { passive: true });
}
