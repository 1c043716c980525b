// A span of years by dragging over the histogram of a list, or by its two handles. Without scripts each bar is a link, and
// the two fields say the same: what is chosen here is written into them, and the form asks as it always does.
const WAIT = 400; // ms after the last key before the list is asked

const set = (name, value) => {
  const field = document.getElementById(`f-${name}`);
  if (field) field.value = value;
  return field;
};

const start = (histogram) => {
  const picture = histogram.querySelector("svg");
  const bars = [...picture.querySelectorAll("a")];
  const now = histogram.querySelector(".histogram-now");
  const [from, until] = ["from", "until"].map((end) => histogram.querySelector(`#histogram-${end}`));
  const chosen = bars.map((bar, place) => (bar.classList.contains("chosen") ? place : -1)).filter((place) => place >= 0);
  let span = chosen.length ? [chosen[0], chosen.at(-1)] : [0, bars.length - 1];
  let timer;

  const draw = () => {
    const all = span[0] === 0 && span[1] === bars.length - 1;
    bars.forEach((bar, place) => bar.classList.toggle("chosen", !all && place >= span[0] && place <= span[1]));
    const years = [bars[span[0]].dataset.first, bars[span[1]].dataset.last];
    now.textContent = all ? "" : years[0] === years[1] ? years[0] : years.join("–");
    [from, until].forEach((handle, end) => {
      handle.hidden = false;
      handle.style.insetInlineStart = `${((span[end] + end) * 100) / bars.length}%`;
      handle.setAttribute("aria-valuemax", bars.length - 1);
      handle.setAttribute("aria-valuenow", span[end]);
      handle.setAttribute("aria-valuetext", years[end]);
    });
  };

  const ask = () => {
    const whole = !chosen.length && span[0] === 0 && span[1] === bars.length - 1;
    set("date_after", whole ? "" : bars[span[0]].dataset.first);
    set("date_before", whole ? "" : bars[span[1]].dataset.last)?.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const at = (event) => {
    const box = picture.getBoundingClientRect();
    return Math.min(bars.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) * bars.length) / box.width)));
  };

  let dragged = null; // {anchor, x, moved}: where a drag began
  const drag = (target, anchorOf) => {
    target.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      dragged = { anchor: anchorOf(event), x: event.clientX, moved: false };
      target.setPointerCapture(event.pointerId);
    });
    target.addEventListener("pointermove", (event) => {
      if (!dragged || (!dragged.moved && Math.abs(event.clientX - dragged.x) < 4)) return;
      dragged.moved = true;
      span = [dragged.anchor, at(event)].sort((one, other) => one - other);
      draw();
    });
    target.addEventListener("pointerup", () => {
      const { moved, anchor } = dragged ?? {};
      dragged = null;
      if (moved) return ask();
      if (target === picture) {
        span = [anchor, anchor];
        draw();
        ask();
      }
    });
    target.addEventListener("pointercancel", () => (dragged = null));
  };
  drag(picture, at);
  drag(from, () => span[1]);
  drag(until, () => span[0]);
  picture.addEventListener("dragstart", (event) => event.preventDefault());
  picture.addEventListener("click", (event) => {
    if (!(event.ctrlKey || event.metaKey || event.shiftKey)) event.preventDefault(); // the pointer was heard already
  });

  const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5, Home: -Infinity, End: Infinity };
  [from, until].forEach((handle, end) =>
    handle.addEventListener("keydown", (event) => {
      if (!(event.key in STEPS) || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const [least, most] = end ? [span[0], bars.length - 1] : [0, span[1]];
      span[end] = Math.min(most, Math.max(least, span[end] + STEPS[event.key]));
      draw();
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    }),
  );
  draw();
};

const all = () => document.querySelectorAll(".histogram").forEach(start);
all();
// Before filters.js gives a handle its focus back, which one that is hidden cannot have.
document.body.addEventListener("htmx:afterSwap", ({ detail }) => detail.target?.id === "catalogue" && all(), { capture: true });
