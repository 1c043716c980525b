// From one record of a result to the next. A list leaves what it shows in this tab (sessionStorage); the page of a record that
// stands in it shows the way on. No address changes and no page depends on it, so that all stay cached as they are.
const KEY = "sinorus-result";
const results = document.querySelector(".results");
const walk = document.getElementById("walk");

const keep = () => {
  const links = [...document.querySelectorAll(".results :is(.entry, .index-row, .rung, .dossier-row) h3 a, .timeline-list a")];
  const list = {
    back: location.pathname + location.search,
    name: document.querySelector("h1").textContent.trim(),
    asked: document.querySelector(".summary-line .asked")?.textContent.trim() ?? "",
    next: document.querySelector(".pages a[rel=next]")?.getAttribute("href") ?? "",
    previous: document.querySelector(".pages a[rel=prev]")?.getAttribute("href") ?? "",
    records: links.map((link) => [link.getAttribute("href"), link.textContent.trim()]),
  };
  try {
    if (links.length > 1) sessionStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // Without a store there is no way on; the list is one step back.
  }
};

const read = () => {
  try {
    const list = JSON.parse(sessionStorage.getItem(KEY));
    return Array.isArray(list?.records) ? list : null;
  } catch {
    return null;
  }
};

const show = (list) => {
  const place = list.records.findIndex(([href]) => href === location.pathname);
  if (place < 0) return;
  walk.append(walk.querySelector("template").content); // not before: a link that leads nowhere is none
  for (const [rel, step, beyond] of [["prev", -1, list.previous], ["next", 1, list.next]]) {
    const link = walk.querySelector(`.walk-${rel}`);
    const [href, title] = list.records[place + step] ?? [beyond, list.name];
    link.hidden = !href;
    if (!href) continue;
    link.href = href;
    link.rel = rel;
    link.title = title;
    link.setAttribute("aria-label", `${link.dataset.word}: ${title}`);
  }
  const back = walk.querySelector(".walk-list");
  back.href = list.back;
  back.textContent = `${place + 1} / ${list.records.length}`;
  back.title = [list.name, list.asked].filter(Boolean).join(": ");
  back.setAttribute("aria-label", `${back.dataset.word}: ${back.title}, ${back.textContent}`);
  walk.hidden = false;
};

if (results) {
  keep();
  document.body.addEventListener("htmx:afterSettle", keep);
} else if (walk) {
  const list = read();
  if (list) show(list);
}
