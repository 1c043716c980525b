// The basket: records put aside in this browser. Without scripts the page of the basket does the same by its address.
const KEY = "sinorus-basket";
const MOST = 50;

const read = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => /^[A-Z][0-9]{1,18}$/.test(id)).slice(0, MOST) : [];
  } catch {
    return [];
  }
};
const write = (kept) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing keeps no basket either.
  }
  draw();
};

const draw = () => {
  const kept = read();
  for (const link of document.querySelectorAll("[data-basket]")) {
    link.href = link.dataset.basket + (kept.length ? `?${new URLSearchParams(kept.map((id) => ["r", id]))}` : "");
    link.querySelector(".basket-count").textContent = kept.length ? ` (${kept.length})` : "";
  }
  for (const button of document.querySelectorAll("button[data-keep]")) {
    const inside = kept.includes(button.dataset.keep);
    button.textContent = inside ? button.dataset.out : button.dataset.in;
    button.setAttribute("aria-pressed", String(inside));
    button.disabled = !inside && kept.length >= MOST;
    button.classList.add("ready");
  }
};

for (const button of document.querySelectorAll("button[data-keep]")) {
  button.addEventListener("click", () => {
    const kept = read();
    const { keep } = button.dataset;
    write(kept.includes(keep) ? kept.filter((id) => id !== keep) : [...kept, keep].slice(0, MOST));
  });
}
for (const link of document.querySelectorAll("[data-drop]")) {
  const { drop } = link.dataset;
  link.addEventListener("click", () => write(drop === "all" ? [] : read().filter((id) => id !== drop)));
}
const page = document.querySelector(".basket-page");
if (page && !location.search && read().length) location.replace(`${location.pathname}?${new URLSearchParams(read().map((id) => ["r", id]))}`);
window.addEventListener("storage", draw);
draw();
