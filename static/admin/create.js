// Entry without a pointer: a new row takes the focus, and fields that complete themselves offer to make what is not there.
// An offer's id is "+type:kind:title"; see sinorus/desk/creating.py.
(() => {
  "use strict";
  const $ = window.django && window.django.jQuery;
  if (!$) return;
  const url = document.currentScript.dataset.createUrl;

  async function create(select, offer) {
    const [type, kind, ...title] = offer.slice(1).split(":");
    const body = new URLSearchParams({ type, kind, title: title.join(":") });
    const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    const response = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token }, credentials: "same-origin" });
    const answer = await response.json();
    $(select).find("option").filter((_place, option) => option.value === offer).remove();
    if (answer.error) return window.alert(answer.error);
    $(select).append(new Option(answer.text, answer.id, true, true)).trigger("change");
  }

  // A new record begins with its title; the admin's own script would begin with the buttons above it.
  window.addEventListener("load", () => {
    const isNew = document.querySelector("#django-admin-form-add-constants[data-model-name]");
    if (isNew && document.activeElement.matches("body, [type=submit]")) document.querySelector("#id_title")?.focus();
  });

  // A row that was added is where one goes on writing.
  document.addEventListener("formset:added", (event) => {
    event.target.querySelector(".select2-selection, input:not([type=hidden]), select:not(.select2-hidden-accessible), textarea")?.focus();
  });

  $(document).on("select2:select", ".admin-autocomplete", (event) => {
    const { id } = event.params.data;
    if (String(id).startsWith("+")) create(event.target, id).catch(() => $(event.target).val(null).trigger("change"));
  });
})();
