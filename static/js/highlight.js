// In a network: what is pointed at or has the focus is lit with all that it hangs together with. Nothing else depends on it.
const light = ({ target }) => {
  const network = target.closest?.(".network");
  const number = target.closest?.("[data-node]")?.dataset.node;
  for (const lit of document.querySelectorAll(".network .lit")) lit.classList.remove("lit");
  for (const one of document.querySelectorAll(".network.has-lit")) if (one !== network || number === undefined) one.classList.remove("has-lit");
  if (!network || number === undefined) return;
  const lines = [...network.querySelectorAll(`[data-of~="${number}"]`)];
  const near = new Set(lines.flatMap((one) => one.dataset.of.split(" ")));
  for (const one of [...lines, ...network.querySelectorAll("[data-node]")]) {
    one.classList.toggle("lit", lines.includes(one) || near.has(one.dataset.node));
  }
  network.classList.add("has-lit");
};
for (const event of ["pointerover", "focusin"]) document.addEventListener(event, light);
