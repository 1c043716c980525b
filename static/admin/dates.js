// Shows beside a pair of date inputs, while an editor types, what was understood. See sinorus/dates/forms.py.
// Nothing depends on it: without this script the words are read when the form is sent.
(() => {
  "use strict";
  const WAIT = 300; // milliseconds without typing before asking
  const timers = new WeakMap();
  const asked = new WeakMap();

  // The pair, its output and the calendar share a name up to the last "_": date_text, date_edtf, date_calendar.
  function family(input) {
    const stem = input.name.replace(/_(text|edtf|calendar)$/, "");
    const named = (part) => input.form && input.form.elements.namedItem(`${stem}_${part}`);
    const edtf = named("edtf");
    if (stem === input.name || !edtf || !edtf.parentElement) return null;
    const output = edtf.parentElement.querySelector('output[data-date-reading="output"]');
    return output && edtf.dataset.dateUrl ? { text: named("text"), edtf, calendar: named("calendar"), output } : null;
  }

  function say(output, message, failed) {
    output.textContent = message;
    output.classList.toggle("date-reading-error", failed);
  }

  async function ask({ text, edtf, calendar, output }) {
    asked.get(output)?.abort();
    const words = text ? text.value.trim() : "";
    const meaning = edtf.value.trim();
    if (!words && !meaning) return say(output, "", false);
    const request = new AbortController();
    asked.set(output, request);
    const query = new URLSearchParams({ text: words, edtf: meaning });
    if (calendar && calendar.value) query.set("calendar", calendar.value);
    try {
      const response = await fetch(`${edtf.dataset.dateUrl}?${query}`, {
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        signal: request.signal,
      });
      const answer = await response.json();
      if (answer.error) say(output, answer.error, true);
      else say(output, `${answer.edtf}: ${answer.text} (${answer.explanation})`, false);
    } catch {
      if (!request.signal.aborted) say(output, "", false); // signed out or offline: say nothing
    }
  }

  function changed(event) {
    const input = event.target;
    if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement) || !input.name) return;
    const found = family(input);
    if (!found) return;
    clearTimeout(timers.get(found.output));
    timers.set(found.output, setTimeout(ask, WAIT, found));
  }

  // On the document, so that inline rows added later work too.
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
})();
