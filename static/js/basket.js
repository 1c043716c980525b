// A basket of instruments to compare, kept in this browser. Without scripts the form on the page of comparison does the same.
const KEY = "sinorus-compare";
const MOST = 4;
const basket = document.getElementById("basket");
const words = basket?.dataset ?? {};

const read = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.slug === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
};

const write = (chosen) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // A browser that keeps nothing shows no basket either.
  }
  draw();
};

const make = (tag, text, action) => {
  const made = document.createElement(tag);
  made.textContent = text;
  if (action) {
    made.type = "button";
    made.addEventListener("click", action);
  }
  return made;
};

const toggle = ({ slug, title }) => {
  const chosen = read();
  const others = chosen.filter((one) => one.slug !== slug);
  if (others.length < chosen.length) write(others);
  else if (chosen.length < MOST) write([...chosen, { slug, title }]);
};

const drawSlot = (slot, chosen) => {
  const { compare: slug, title } = slot.dataset;
  const inside = chosen.some((one) => one.slug === slug);
  const button = slot.firstElementChild ?? slot.appendChild(make("button", "", () => toggle({ slug, title })));
  button.className = "compare-button";
  button.textContent = inside ? words.remove : chosen.length < MOST ? words.add : words.full;
  button.setAttribute("aria-pressed", String(inside));
  button.setAttribute("aria-label", `${button.textContent}: ${title}`);
  button.disabled = !inside && chosen.length >= MOST;
  slot.hidden = false;
};

const drawBasket = (chosen) => {
  basket.hidden = chosen.length === 0;
  const list = document.createElement("ul");
  for (const one of chosen) {
    const item = list.appendChild(document.createElement("li"));
    item.append(make("span", one.title ?? one.slug));
    const out = item.appendChild(make("button", "×", () => toggle(one)));
    out.setAttribute("aria-label", `${words.remove}: ${one.title ?? one.slug}`);
  }
  const end = document.createElement("p");
  if (chosen.length > 1) {
    const link = end.appendChild(make("a", words.compare));
    link.href = `${words.page}?${new URLSearchParams(chosen.map((one) => ["t", one.slug]))}`;
  } else end.append(make("span", words.hint));
  end.append(make("button", words.clear, () => write([])));
  basket.replaceChildren(make("strong", words.label), list, end);
};

const draw = () => {
  const chosen = read();
  for (const slot of document.querySelectorAll(".compare-slot")) drawSlot(slot, chosen);
  drawBasket(chosen);
};

if (basket) {
  draw();
  window.addEventListener("storage", draw);
  document.body.addEventListener("htmx:afterSwap", draw);
}
