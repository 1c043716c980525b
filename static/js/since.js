// What changed since this browser was here last: the edition of then is kept in the browser, the stream of changes says the rest.
const place = document.getElementById("since");

const last = (edition) => {
  try {
    // The first page of a visit decides what "last" was; later ones of the same visit still compare with that.
    const before = sessionStorage.getItem("sinorus-before") ?? localStorage.getItem("sinorus-edition") ?? edition;
    sessionStorage.setItem("sinorus-before", before);
    localStorage.setItem("sinorus-edition", edition);
    return Number(before);
  } catch {
    return Number(edition);
  }
};

if (place) {
  const { edition, api } = place.dataset;
  const before = last(edition);
  if (before < Number(edition)) {
    const answer = await fetch(`${api}?${new URLSearchParams({ since: before, page_size: 1 })}`).catch(() => null);
    const count = answer?.ok ? (await answer.json()).count : 0;
    if (count) {
      const link = place.querySelector("a");
      link.setAttribute("href", `${link.getAttribute("href")}?since=${before}`);
      place.querySelector(".count").textContent = count;
      place.hidden = false;
    }
  }
}
