// Keys for readers: "?" lists them. None is heard in a field or with Ctrl, Alt or ⌘, and all can be turned off in the list.
const OFF = "sinorus-keys-off";
const dialog = document.getElementById("keys");
const opener = document.getElementById("keys-open");

const off = () => {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
};
const follow = (selector) => document.querySelector(selector)?.click();
const deeds = {
  "/": () => document.querySelector("#site-q, input[type=search], #f-q")?.focus(),
  f: () => document.querySelector("#filters input:not([type=hidden])")?.focus(),
  n: () => follow(".walk-next[href], .pages [rel=next]"),
  p: () => follow(".walk-prev[href], .pages [rel=prev]"),
  l: () => follow(".walk-list[href]"),
  b: () => follow("button[data-keep]"),
  "?": () => dialog.showModal(),
};

if (dialog && opener) {
  const box = dialog.querySelector("input");
  box.checked = !off();
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "0" : "1"));
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("keydown", (event) => {
    const inField = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=slider]");
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || inField || dialog.open || off()) return;
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
}
