// Zoom and pan of the timeline. The list below the picture is the data; what the server drew is drawn again for the span in
// view, so that labels find room as one comes nearer. Without this file picture, list and links to periods are all there.
// The other module by the address that the page gives, for files are served under names with their fingerprint in them.
const { layOut, measure, sizes } = await import(document.querySelector("[data-layout]").dataset.layout);

const SVG = "http://www.w3.org/2000/svg";
const SHORTEST = 10; // days that fill the window at the deepest zoom
const { ROW, HEAD, AXIS } = sizes;
const EPOCH = Date.UTC(1970, 0, 1) / 864e5 - 719163; // Python's ordinal of a day → days since 1970

let stop = () => {};

const make = (name, attributes = {}, ...children) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const itemOf = (row) => {
  const [first, begun, ending, last] = row.dataset.d.split(" ").map((day) => (day === "-" ? null : Number(day)));
  const link = row.querySelector("a");
  return {
    first: first ?? -Infinity,
    begun: begun ?? Infinity,
    ending: ending ?? -Infinity,
    last: (last ?? Infinity) + 1, // a day is a day long
    weight: Number(row.dataset.w),
    ink: { c: "chinese", r: "russian" }[row.dataset.i] ?? "both",
    lanes: row.dataset.l.split(" ").map(Number),
    soft: Boolean(row.querySelector(".imprecise")),
    label: link.textContent,
    lang: link.lang,
    href: link.href,
    when: row.firstElementChild.textContent,
    link,
  };
};

const date = (day) => new Date((day + EPOCH) * 864e5);
const ordinal = (year, month = 0, dayOfMonth = 1) => {
  const made = new Date(0);
  made.setUTCFullYear(year, month, dayOfMonth);
  return made.getTime() / 864e5 - EPOCH;
};

const start = (figure) => {
  const picture = figure.querySelector("svg");
  const { lang, list, file, query } = figure.dataset;
  const items = [...document.querySelectorAll(".timeline-list > li")].map(itemOf);
  const lanes = JSON.parse(picture.dataset.lanes).map(([name, rows]) => ({ name, rows }));
  const defs = picture.querySelector("defs");
  const whole = [Number(picture.dataset.first), Number(picture.dataset.last) + 1];
  const words = (options) => new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { timeZone: "UTC", ...options });
  const formats = {
    month: words({ month: "short" }),
    year: words({ year: "numeric" }),
    day: words({ day: "numeric", month: "short" }),
    span: words({ day: "numeric", month: "long", year: "numeric" }),
  };
  const counted = { one: figure.dataset.one, few: figure.dataset.few };
  const rules = new Intl.PluralRules(lang);
  const count = (number) => (counted[rules.select(number)] ?? figure.dataset.many).replace(/\d+/, number);
  const page = figure.closest(".results");
  const gone = new AbortController();
  const on = (target, type, listener, options = {}) => target.addEventListener(type, listener, { signal: gone.signal, ...options });
  let view = [...whole];
  let width = 0;
  let frame = 0;
  let hot = null;
  let marked = new Map();

  const x = (day) => ((day - view[0]) * width) / (view[1] - view[0]);
  const within = (day, margin) => Math.min(width + margin, Math.max(-margin, Number.isFinite(day) ? x(day) : day));
  const near = (day) => within(day, 4);
  const far = (day) => within(day, 40 * width); // so that a bar fades as its whole length does, and not as its part in view

  // The axis: the finest unit that leaves room for its names.
  const ticks = () => {
    const pixelsADay = width / (view[1] - view[0]);
    const [from, until] = [date(view[0]), date(view[1])];
    for (const days of [1, 7]) {
      if (pixelsADay * days < 84) continue;
      const found = [];
      for (let day = Math.ceil(view[0]); day < view[1]; day += 1) {
        if (days === 1 || date(day).getUTCDate() % days === 1) found.push([day, formats.day.format(date(day))]);
      }
      return { found, first: formats.year.format(from) };
    }
    for (const months of [1, 3]) {
      if (pixelsADay * 30 * months < 92) continue;
      const found = [];
      for (let month = from.getUTCFullYear() * 12 + from.getUTCMonth(); month <= until.getUTCFullYear() * 12 + until.getUTCMonth(); month += 1) {
        if (month % months) continue;
        const [year, place] = [Math.floor(month / 12), month % 12];
        found.push([ordinal(year, place), place ? formats.month.format(new Date(Date.UTC(2000, place))) : String(year)]);
      }
      return { found, first: formats.year.format(from) };
    }
    const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500].find((years) => pixelsADay * 365 * years >= 64) ?? 500;
    const found = [];
    for (let year = Math.ceil(from.getUTCFullYear() / step) * step; year <= until.getUTCFullYear() + 1; year += step) found.push([ordinal(year), String(year)]);
    return { found, first: "" };
  };

  const ground = (height) => {
    const drawn = [];
    const { found, first } = ticks();
    let free = first ? measure(first) + 14 : 0;
    if (first) drawn.push(make("text", { x: 0, y: AXIS - 10, class: "tone-label axis" }, first));
    for (const [day, name] of found) {
      const at = x(day);
      if (at < 0 || at > width) continue;
      drawn.push(make("line", { x1: at, x2: at, y1: AXIS - 6, y2: height, class: "tone-rule" }));
      if (at < free || at + measure(name) + 4 > width) continue;
      drawn.push(make("text", { x: at + 4, y: AXIS - 10, class: "tone-muted axis" }, name));
      free = at + measure(name) + 14;
    }
    let top = AXIS;
    for (const { name, rows } of lanes) {
      drawn.push(make("line", { x1: 0, x2: width, y1: top, y2: top, class: "tone-rule" }));
      drawn.push(make("text", { x: 0, y: top + HEAD - 7, class: "tone-muted lane-name", "font-weight": 600 }, name));
      top += HEAD + rows * ROW;
    }
    return drawn;
  };

  const shape = (mark) => {
    const { item, y } = mark;
    const ink = `ink-${item.ink}`;
    if (mark.isDay) {
      const size = sizes.SIZES[item.weight];
      const middle = y + ROW / 2 - 1;
      const soft = item.soft ? { "fill-opacity": 0.45 } : {};
      const at = Math.max(0, Math.min(mark.x, width - size * 1.2)); // whole, at the edge of the window too
      if (item.ink === "russian") return [make("circle", { cx: at + size / 2, cy: middle, r: size / 2, class: ink, ...soft })];
      const half = item.ink === "chinese" ? size / 2 : size * 0.58;
      const corner = item.ink === "chinese" ? {} : { rx: half * 0.45 };
      return [make("rect", { x: at, y: middle - half, width: 2 * half, height: 2 * half, class: ink, ...corner, ...soft })];
    }
    const sure = item.begun <= item.ending;
    const parts = sure
      ? [[item.first, item.begun, "in"], [item.begun, item.ending + 1, ""], [item.ending + 1, item.last, "out"]]
      : [[item.first, item.last, "maybe"]];
    const bar = { y: y + ROW - 7, height: sizes.THICK[item.weight] };
    return parts
      .map(([first, last, fade]) => [far(first), far(last), fade])
      .filter(([from, until]) => until - from > 0.5 && until > 0 && from < width)
      .map(([from, until, fade]) => make("rect", { x: from, width: until - from, ...bar, ...(fade ? { fill: `url(#${fade}-${item.ink})` } : { class: ink }) }));
  };

  const drawMark = (mark) => {
    const { item } = mark;
    const link = make("a", { href: item.href, tabindex: -1, draggable: false }, make("title", {}, `${item.when}: ${item.label}`), ...shape(mark));
    if (mark.label) link.append(make("text", { x: mark.labelX, y: mark.y + (mark.isDay ? 16 : 13), lang: item.lang, class: "tone-label label" }, mark.label));
    if (item === hot) link.classList.add("hot");
    marked.set(item, link);
    return link;
  };

  const draw = () => {
    frame = 0;
    width = picture.clientWidth;
    if (!width) return;
    marked = new Map();
    const height = Number(picture.getAttribute("height"));
    const { marks, more, shown } = layOut(items, lanes, near, width);
    const badges = more.map((one) => {
      const badge = make("text", { x: one.x, y: one.y + 16, "text-anchor": "middle", class: "tone-muted more" }, `+${one.count}`);
      badge.addEventListener("click", () => go(one.first, one.last));
      return badge;
    });
    figure.classList.add("drawn");
    picture.replaceChildren(defs, ...ground(height), ...marks.map(drawMark), ...badges);
    tell(shown);
  };
  const redraw = () => (frame ||= requestAnimationFrame(draw));

  const iso = (day) => date(day).toISOString().slice(0, 10);
  const tell = (shown) => {
    const [first, last] = [Math.floor(view[0]), Math.ceil(view[1]) - 1];
    const coarse = view[1] - view[0] > 3660;
    const name = (day) => (coarse ? formats.year : formats.span).format(date(day));
    figure.querySelector(".timeline-now").textContent = `${name(first)} – ${name(last)} · ${count(shown)}`;
    const asked = new URLSearchParams(query);
    if (view[0] > whole[0]) asked.set("date_after", iso(first));
    if (view[1] < whole[1]) asked.set("date_before", iso(last));
    page.querySelector(".timeline-ask").href = `${list}?${asked}`;
    if (lang !== "en") asked.set("lang", lang.slice(0, 2));
    page.querySelector(".timeline-svg").href = `${file}?${asked}`;
    for (const [name, off] of [["whole", view[0] === whole[0] && view[1] === whole[1]], ["in", view[1] - view[0] <= SHORTEST], ["out", view[1] - view[0] >= whole[1] - whole[0]]]) {
      const button = figure.querySelector(`[data-do=${name}]`);
      if (off && document.activeElement === button) figure.focus({ preventScroll: true });
      button.disabled = off;
    }
  };

  const go = (from, until) => {
    const length = Math.min(whole[1] - whole[0], Math.max(SHORTEST, until - from));
    const middle = (from + until) / 2;
    const begin = Math.min(whole[1] - length, Math.max(whole[0], middle - length / 2));
    view = [begin, begin + length];
    redraw();
  };
  const pan = (part) => go(view[0] + part * (view[1] - view[0]), view[1] + part * (view[1] - view[0]));
  const zoom = (factor, at = 0.5) => {
    const length = Math.min(whole[1] - whole[0], Math.max(SHORTEST, (view[1] - view[0]) * factor));
    const fixed = view[0] + at * (view[1] - view[0]);
    go(fixed - at * length, fixed + (1 - at) * length);
  };

  const deeds = {
    earlier: () => pan(-0.25),
    later: () => pan(0.25),
    in: () => zoom(0.5),
    out: () => zoom(2),
    whole: () => go(...whole),
    start: () => go(whole[0], whole[0] + view[1] - view[0]),
    end: () => go(whole[1] - (view[1] - view[0]), whole[1]),
    png: () => keepAsPng(page.querySelector(".timeline-svg").href),
  };
  const KEYS = { ArrowLeft: "earlier", ArrowRight: "later", ArrowUp: "in", ArrowDown: "out", "+": "in", "=": "in", "-": "out", _: "out", 0: "whole", Home: "start", End: "end" };

  on(figure, "keydown", (event) => {
    if (!(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    deeds[KEYS[event.key]]();
  });
  for (const button of page.querySelectorAll("[data-do]")) on(button, "click", deeds[button.dataset.do]);

  // The wheel zooms once the picture has the focus, so that nobody who scrolls past it is caught; sideways it always moves.
  on(picture, "wheel", (event) => {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!sideways && !event.ctrlKey && !figure.contains(document.activeElement)) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : 1;
    if (sideways) pan((event.deltaX * unit) / width);
    else zoom(Math.exp(Math.max(-240, Math.min(240, event.deltaY * unit)) * 0.002), (event.clientX - picture.getBoundingClientRect().left) / width);
  }, { passive: false });

  // One pointer moves the picture, two stretch it.
  const pointers = new Map();
  let moved = false;
  on(picture, "pointerdown", (event) => {
    if (event.button) return;
    if (!pointers.size) moved = false;
    pointers.set(event.pointerId, event.clientX);
    figure.focus({ preventScroll: true });
  });
  on(window, "pointermove", (event) => {
    if (!pointers.has(event.pointerId)) return;
    const before = [...pointers.values()];
    const was = pointers.get(event.pointerId);
    if (!moved && before.length === 1 && Math.abs(event.clientX - was) < 5) return;
    moved = true;
    pointers.set(event.pointerId, event.clientX);
    const after = [...pointers.values()];
    if (after.length === 1) return pan((was - event.clientX) / width);
    const left = picture.getBoundingClientRect().left;
    const [apart, now] = [Math.abs(before[0] - before[1]), Math.abs(after[0] - after[1])];
    if (apart > 8 && now > 8) zoom(apart / now, ((after[0] + after[1]) / 2 - left) / width);
  });
  for (const type of ["pointerup", "pointercancel"]) on(window, type, (event) => pointers.delete(event.pointerId));
  on(picture, "click", (event) => moved && event.preventDefault(), { capture: true });
  on(picture, "dragstart", (event) => event.preventDefault());

  // A line of the list that has the focus, or the pointer on it, is shown in the picture.
  const point = (item) => {
    marked.get(hot)?.classList.remove("hot");
    hot = item;
    marked.get(hot)?.classList.add("hot");
  };
  const byLink = new Map(items.map((item) => [item.link, item]));
  const rows = document.querySelector(".timeline-list");
  for (const type of ["focusin", "pointerover"]) on(rows, type, ({ target }) => byLink.has(target) && point(byLink.get(target)));
  for (const type of ["focusout", "pointerout"]) on(rows, type, () => point(null));

  new ResizeObserver(() => picture.isConnected && picture.clientWidth !== width && redraw()).observe(picture);
  setTimeout(draw); // a task of its own: the page answers in between
  return () => gone.abort();
};

// The file that the server draws for the span in view, as pixels, twice as fine.
const keepAsPng = async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.naturalWidth * 2, height: image.naturalHeight * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: "sinorus-timeline.png" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

const begin = () => {
  stop();
  const found = document.getElementById("timeline");
  stop = found ? start(found) : () => {};
};
begin();
document.body.addEventListener("htmx:afterSwap", ({ detail }) => detail.target?.id === "catalogue" && begin());
