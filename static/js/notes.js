// The note beside its figure while the pointer or the focus is on it. Without scripts the figure leads to the note.
const card = document.createElement("div");
card.className = "note-card";
card.hidden = true;
card.setAttribute("role", "tooltip");
card.id = "note-card";
document.body.append(card);

const noteOf = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

const place = (link) => {
  const at = link.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  card.style.left = `${Math.max(8, Math.min(at.left, room - card.offsetWidth - 8)) + scrollX}px`;
  const above = at.top > card.offsetHeight + 8;
  card.style.top = `${(above ? at.top - card.offsetHeight - 6 : at.bottom + 6) + scrollY}px`;
};

const show = (link) => {
  const note = noteOf(link);
  if (!note) return;
  card.replaceChildren(...[...note.childNodes].map((node) => node.cloneNode(true)));
  for (const inner of card.querySelectorAll("[id]")) inner.removeAttribute("id");
  for (const inner of card.querySelectorAll(".Z3988, .backs")) inner.remove();
  card.hidden = false;
  link.setAttribute("aria-describedby", card.id);
  place(link);
};

let waiting;
const hide = () => {
  card.hidden = true;
  document.querySelector("[aria-describedby=note-card]")?.removeAttribute("aria-describedby");
};
const later = () => (waiting = setTimeout(hide, 150));
const stay = () => clearTimeout(waiting);

const figure = ({ target }) => target.closest?.(".refs a[href^='#']");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = figure(event);
  if (link) {
    stay();
    show(link);
  } else if (card.contains(event.target)) stay();
});
document.addEventListener("pointerout", (event) => {
  if (figure(event) || card.contains(event.target)) later();
});
document.addEventListener("focusin", (event) => (figure(event) ? show(figure(event)) : card.contains(event.target) || hide()));
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
document.addEventListener("click", (event) => figure(event) && hide());
