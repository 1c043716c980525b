// A link to any paragraph that one reads: to its own place where it has one, or else to its words, as browsers find them.
const EDGE = 6; // words that name a place at its beginning and at its end

const fragment = (paragraph) => {
  const placed = paragraph.closest("[id]");
  if (paragraph.id) return `#${paragraph.id}`;
  const copy = paragraph.cloneNode(true);
  for (const note of copy.querySelectorAll(".paragraph-link, .refs, sup")) note.remove();
  const text = copy.textContent.replace(/\s+/g, " ").trim();
  const words = /[\u3400-\u9fff]/.test(text) ? [...text] : text.split(" ");
  const joiner = words.length && /[\u3400-\u9fff]/.test(text) ? "" : " ";
  const encode = (some) => encodeURIComponent(some.join(joiner)).replaceAll("-", "%2D");
  const place = placed && placed.id !== "main" ? placed.id : "";
  return `#${place}:~:text=${words.length <= 2 * EDGE ? encode(words) : `${encode(words.slice(0, EDGE))},${encode(words.slice(-EDGE))}`}`;
};

const { copy, copied } = document.getElementById("paragraph-words")?.dataset ?? {};
for (const paragraph of copy ? document.querySelectorAll(".prose > p, .prose > blockquote, .article > p, .lede") : []) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "paragraph-link", textContent: "¶", title: copy });
  button.setAttribute("aria-label", copy);
  button.addEventListener("click", async () => {
    const address = location.href.split("#")[0] + fragment(paragraph);
    try {
      await navigator.clipboard.writeText(address);
      button.textContent = copied;
      setTimeout(() => (button.textContent = "¶"), 1500);
    } catch {
      location.href = address; // no clipboard: then at least in the address bar
    }
  });
  paragraph.append(button);
}
