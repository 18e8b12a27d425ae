// Gives each mail's frame the height of what it shows. The frame runs no scripts; it is of our own address,
// so that this page may look at it.

const most = 30000;

function watch(frame) {
  if (frame.dataset.watched) return;
  frame.dataset.watched = "";
  let observer;
  const fit = () => {
    const page = frame.contentDocument;
    const box = page?.querySelector(".mailbody");
    if (!box) return;
    const height = Math.min(most, Math.ceil(box.getBoundingClientRect().height) + 2);
    if (Math.abs(height - frame.clientHeight) > 1) frame.style.blockSize = `${height}px`;
    frame.dataset.measured = "";
  };
  const begin = () => {
    observer?.disconnect();
    const box = frame.contentDocument?.querySelector(".mailbody");
    if (!box) return;
    fit();
    observer = new ResizeObserver(fit);
    observer.observe(box);
  };
  frame.addEventListener("load", begin);
  begin();
}

const all = () => document.querySelectorAll("iframe.mailframe").forEach(watch);
all();
document.addEventListener("mailroom:renewed", all);
