// Zoom and pan for pictures that the server drew: svg[data-zoom]. Without this file they are seen whole.
// Mouse: drag, Ctrl and wheel, double click. Touch: two fingers, then one. Keys on the picture: + − 0 and arrows.
const STEP = 1.6;
const PAN = 0.2; // of what is shown, a press of an arrow

const zoomable = (svg) => {
  if (svg.dataset.live) return;
  svg.dataset.live = "true";
  const { x: left, y: top, width, height } = svg.viewBox.baseVal;
  const most = Number(svg.dataset.zoom);
  const levels = (svg.dataset.levels ?? "").split(" ").filter(Boolean).map(Number);
  const labels = [...svg.querySelectorAll(".label[data-level]")];
  const tools = svg.parentElement.querySelector(".picture-tools");
  const view = { x: left, y: top, zoom: 1 };

  const draw = () => {
    view.zoom = Math.min(most, Math.max(1, view.zoom));
    view.x = Math.min(left + width - width / view.zoom, Math.max(left, view.x));
    view.y = Math.min(top + height - height / view.zoom, Math.max(top, view.y));
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${width / view.zoom} ${height / view.zoom}`);
    const scale = (svg.clientWidth / width) * view.zoom; // pixels for a unit
    const level = levels.findLastIndex((one) => one <= scale + 0.001);
    svg.style.setProperty("--k", String(1 / scale));
    for (const label of labels) label.classList.toggle("shown", Number(label.dataset.level) <= level);
    svg.classList.toggle("zoomed", view.zoom > 1);
    for (const button of tools.children) button.disabled = button.dataset.by > 1 ? view.zoom >= most : view.zoom <= 1;
  };

  // Where a point of the screen lies in the drawing.
  const at = (clientX, clientY) => {
    const box = svg.getBoundingClientRect();
    return { x: view.x + ((clientX - box.left) / box.width) * (width / view.zoom), y: view.y + ((clientY - box.top) / box.height) * (height / view.zoom) };
  };
  const zoom = (by, point = { x: view.x + width / view.zoom / 2, y: view.y + height / view.zoom / 2 }) => {
    const next = Math.min(most, Math.max(1, view.zoom * by));
    view.x = point.x - ((point.x - view.x) * view.zoom) / next;
    view.y = point.y - ((point.y - view.y) * view.zoom) / next;
    view.zoom = next;
    draw();
  };
  const pan = (dx, dy) => {
    view.x += dx * (width / view.zoom);
    view.y += dy * (height / view.zoom);
    draw();
  };

  const words = tools.dataset;
  for (const [sign, by, word] of [["+", STEP, words.in], ["−", 1 / STEP, words.out], ["1:1", 0, words.whole]]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign, title: word });
    button.setAttribute("aria-label", word);
    button.dataset.by = by;
    button.addEventListener("click", () => zoom(by || 1 / view.zoom));
    tools.append(button);
  }
  tools.hidden = false;
  svg.tabIndex = 0;

  svg.addEventListener("keydown", (event) => {
    const keys = {
      "+": () => zoom(STEP), "=": () => zoom(STEP), "-": () => zoom(1 / STEP), "0": () => zoom(1 / view.zoom),
      ArrowLeft: () => pan(-PAN, 0), ArrowRight: () => pan(PAN, 0), ArrowUp: () => pan(0, -PAN), ArrowDown: () => pan(0, PAN),
    };
    const arrow = event.key.startsWith("Arrow");
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey || (arrow && view.zoom === 1)) return;
    keys[event.key]();
    event.preventDefault();
  });
  // What has the focus is in sight.
  svg.addEventListener("focusin", ({ target }) => {
    if (target === svg || view.zoom === 1 || !target.matches(":focus-visible")) return;
    const box = target.getBoundingClientRect();
    const { x, y } = at(box.x + box.width / 2, box.y + box.height / 2);
    view.x = x - width / view.zoom / 2;
    view.y = y - height / view.zoom / 2;
    draw();
  });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls as ever
    zoom(Math.exp(-event.deltaY / 300), at(event.clientX, event.clientY));
    event.preventDefault();
  }, { passive: false });
  svg.addEventListener("dblclick", (event) => {
    if (!event.target.closest("a")) zoom(STEP, at(event.clientX, event.clientY));
  });

  const held = new Map();
  let moved = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!held.size) moved = false;
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  svg.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const box = svg.getBoundingClientRect();
    if (held.size === 2) {
      const other = [...held].find(([id]) => id !== event.pointerId)[1];
      zoom(Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y)), at((now.x + other.x) / 2, (now.y + other.y) / 2));
      moved = true;
    } else if (view.zoom > 1) {
      if (!moved && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
      if (!moved) svg.setPointerCapture(event.pointerId);
      moved = true;
      svg.classList.add("dragged");
      pan((before.x - now.x) / box.width, (before.y - now.y) / box.height);
    } else return;
    held.set(event.pointerId, now);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    svg.addEventListener(end, (event) => {
      if (end === "pointerleave" && svg.hasPointerCapture(event.pointerId)) return;
      held.delete(event.pointerId);
      svg.classList.remove("dragged");
    });
  }
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => { if (moved) event.preventDefault(); }, true); // a drag that ends on a link opens nothing
  new ResizeObserver(draw).observe(svg);
};

const start = () => document.querySelectorAll("svg[data-zoom]").forEach(zoomable);
start();
document.body.addEventListener("htmx:afterSwap", start);
