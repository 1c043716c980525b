// Suggestions under a search field, as the ARIA combobox pattern has it. Without this file it is a plain form.
const WAIT = 150; // ms without a key before the server is asked

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = Object.assign(document.createElement("ul"), { id: `${input.id}-list`, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  const status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  status.setAttribute("role", "status");
  input.after(list, status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }

  let timer, asked, active = -1;
  const options = () => [...list.children];

  const activate = (number) => {
    active = number;
    options().forEach((option, one) => option.setAttribute("aria-selected", String(one === number)));
    if (number < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options()[number].id);
    options()[number].scrollIntoView({ block: "nearest" });
  };
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    activate(-1);
  };
  const go = (option) => location.assign(option.dataset.page);

  const option = (one, number) => {
    const item = Object.assign(document.createElement("li"), { id: `${list.id}-${number}` });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.page = one.page;
    const label = document.createElement("span");
    if (one.language) label.lang = one.language === "zh" ? "zh-Hans" : one.language;
    label.append(...one.label.map((piece) => (piece.match ? Object.assign(document.createElement("mark"), { textContent: piece.text }) : piece.text)));
    const told = one.label.map((piece) => piece.text).join("");
    const note = document.createElement("span");
    note.className = "suggestion-note";
    note.textContent = told === one.title ? one.type_label : `${one.title} · ${one.type_label}`;
    item.append(label, " ", note);
    return item;
  };

  const ask = async () => {
    const text = input.value.trim();
    asked?.abort();
    if (!text) return show(false);
    asked = new AbortController();
    try {
      const lang = document.documentElement.lang.slice(0, 2) || "en";
      const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: text, lang })}`, { signal: asked.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      list.replaceChildren(...found.map(option));
      status.textContent = found.length ? `${input.dataset.count} ${found.length}` : input.dataset.none;
      show(found.length > 0 && document.activeElement === input);
    } catch {
      show(false); // aborted, or no answer: the form still works
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "ArrowDown" && !list.hidden) activate(active < last ? active + 1 : 0);
    else if (event.key === "ArrowUp" && !list.hidden) activate(active > 0 ? active - 1 : last);
    else if (event.key === "ArrowDown" && input.value.trim()) ask();
    else if (event.key === "Enter" && active >= 0) go(options()[active]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) go(chosen);
  });
  input.addEventListener("blur", () => show(false));
  if (document.activeElement === input && input.value) ask(); // typed before this file was here
}
