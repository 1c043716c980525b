// Shows under a Markdown field, while an editor types, what readers will see: made by the server, by the same sanitiser.
(() => {
  "use strict";
  const WAIT = 400; // milliseconds without typing before asking
  const { url } = document.currentScript.dataset;
  const field = document.querySelector("textarea#id_body");
  if (!field) return;
  const label = document.currentScript.dataset.label;
  const pane = document.createElement("details");
  pane.className = "markdown-preview";
  pane.innerHTML = '<summary></summary><div class="markdown-page" aria-live="polite"></div><ul class="markdown-problems"></ul>';
  pane.firstChild.textContent = label;
  field.insertAdjacentElement("afterend", pane);
  const [page, problems] = [pane.querySelector("div"), pane.querySelector("ul")];
  let timer = 0;
  let asked = null;

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams({ text: field.value, type: document.body.className.match(/model-(\w+)/)?.[1] ?? "" });
    const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    try {
      const response = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token }, credentials: "same-origin", signal: asked.signal });
      const answer = await response.json();
      page.innerHTML = answer.html ?? ""; // sanitised by the server as on the public page
      problems.replaceChildren(...(answer.problems ?? []).map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    } catch {
      // signed out or offline: what was shown stays
    }
  }

  field.addEventListener("input", () => {
    if (!pane.open) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  pane.addEventListener("toggle", () => pane.open && ask());
})();
