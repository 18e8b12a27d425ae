// Keeps what is typed, attaches files as they are chosen, and shows the letter of a request beside its form.
// All of it works without this: by the buttons that stand there.

const sheet = document.querySelector("form[data-writing]");
if (sheet) {
  sheet.classList.add("scripted");
  const state = sheet.querySelector("#draft-state");
  const say = (words) => { if (state) state.textContent = words ?? ""; };
  let timer;
  let saving = false;
  let isDirty = false;
  let isLeaving = false;

  /** Saves the words; files go along only by their button, so nothing is sent twice. */
  async function save() {
    if (saving || isLeaving || !isDirty) return;
    saving = true;
    isDirty = false;
    const form = new FormData(sheet);
    form.delete("files");
    form.set("action", "save");
    try {
      const answer = await fetch(sheet.getAttribute("action"), { method: "POST", body: form, headers: { "x-save": "1" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
      const { draft } = await answer.json();
      sheet.elements.draft.value = draft;
      say(isDirty ? sheet.dataset.unsaved : sheet.dataset.saved);
    } catch {
      isDirty = true;
      say(sheet.dataset.unsaved);
      timer = setTimeout(save, 5000);
    }
    saving = false;
    if (isDirty) later();
  }
  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, 800);
  }
  sheet.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    isDirty = true;
    say(sheet.dataset.unsaved);
    later();
  });
  sheet.addEventListener("change", (event) => {
    if (event.target.type !== "file" || event.target.files.length === 0) return;
    sheet.requestSubmit(sheet.querySelector("button[value=attach]"));
  });
  sheet.addEventListener("submit", () => { isLeaving = true; clearTimeout(timer); });
  addEventListener("pageshow", () => { isLeaving = false; });
  addEventListener("pagehide", () => { if (isDirty && !isLeaving) save(); });
  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    sheet.requestSubmit(sheet.querySelector("[data-send]"));
  });
  // Whoever comes to write, writes.
  const first = [...sheet.querySelectorAll("input[name=to], textarea")].find((field) => field.name === "text" || field.value === "");
  if (first && matchMedia("(min-width: 901px)").matches && !sheet.querySelector("[aria-invalid]")) {
    first.focus();
    if (first.setSelectionRange) first.setSelectionRange(0, 0);
  }
  sheet.querySelector("[aria-invalid]")?.focus();
}

const request = document.querySelector("form[data-request]");
if (request) {
  const preview = request.querySelector("[data-preview]");
  let timer;
  let shown = preview;
  // Whoever looks at another language goes on seeing that one, until the letter's own is changed.
  request.addEventListener("submit", (event) => {
    const tongue = event.submitter?.closest(".tongues");
    if (!tongue) return;
    clearTimeout(timer);
    shown = event.submitter;
    for (const one of tongue.children) one.setAttribute("aria-pressed", one === shown);
  });
  request.elements.language?.addEventListener("change", () => {
    shown = preview;
    for (const one of document.querySelectorAll(".tongues [aria-pressed]")) one.removeAttribute("aria-pressed");
  });
  if (preview && matchMedia("(min-width: 1181px)").matches) {
    const show = () => request.requestSubmit(shown);
    request.noValidate = true;
    request.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 500); });
    show();
  }
  // Enter in the last line makes another one; in any other it goes on to the next.
  const items = request.querySelector("[data-items]");
  items?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.name !== "item" || event.isComposing) return;
    event.preventDefault();
    const lines = [...items.querySelectorAll("input[name=item]")];
    let next = lines[lines.indexOf(event.target) + 1];
    if (!next) {
      next = event.target.cloneNode();
      next.value = "";
      next.setAttribute("aria-label", next.getAttribute("aria-label").replace(/\d+/, lines.length + 1));
      event.target.after(next);
    }
    next.focus();
  });
  request.querySelector("[aria-invalid]")?.focus();
}
