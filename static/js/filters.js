// Makes the live filters of a list quieter; everything works without it. htmx sends the form and swaps #catalogue.
const catalogue = () => document.getElementById("catalogue");
let open = [];
let focused = "";

// The address bar says what was asked and nothing else: no empty fields, no defaults.
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  const form = document.getElementById("filters");
  if (detail.elt !== form) return;
  const isDefault = (name, value) => form.querySelector(`[data-default][name="${name}"], [data-default]:has([name="${name}"])`)?.dataset.default === value;
  for (const [name, value] of [...detail.formData.entries()]) {
    if (value === "" || isDefault(name, value)) detail.formData.delete(name);
  }
});

// What the reader had unfolded stays so, and the focus with it.
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== catalogue()) return;
  open = [...catalogue().querySelectorAll("details[open]")].map((one) => one.id);
  focused = document.activeElement?.id ?? "";
});
document.body.addEventListener("htmx:afterSwap", () => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
});

// Where the live way fails, the plain one is taken.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.body.addEventListener(failure, () => document.getElementById("filters")?.submit());
}
