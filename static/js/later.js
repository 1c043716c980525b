// Modules that many readers never need: the suggestions come with the first focus of their field, the histogram when it is seen.
const bring = ({ dataset }) => import(dataset.later);

for (const field of document.querySelectorAll("input[data-later]")) {
  field.setAttribute("role", "combobox"); // told with the first focus, so it cannot wait for the module
  field.setAttribute("aria-expanded", "false");
  field.addEventListener("focus", () => bring(field), { once: true });
  if (document.activeElement === field) bring(field);
}

const seen = new IntersectionObserver(
  (changes) => {
    for (const { isIntersecting, target } of changes) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      bring(target);
    }
  },
  { rootMargin: "200px" },
);
const watch = () => document.querySelectorAll("[data-later]:not(input)").forEach((one) => seen.observe(one));
watch();
document.body.addEventListener("htmx:afterSwap", watch);
