// Buttons that copy a citation, made when its block is opened. Without scripts the text is there to be selected.
const button = (entry, words) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "cite-copy";
  made.textContent = words.copy;
  made.addEventListener("click", async () => {
    await navigator.clipboard.writeText(entry.textContent.trim());
    made.textContent = words.copied;
    setTimeout(() => (made.textContent = words.copy), 2000);
  });
  return made;
};

const offer = (block) => {
  if (!navigator.clipboard) return;
  for (const entry of block.querySelectorAll(".cite-entry:not([data-offered])")) {
    entry.dataset.offered = "";
    entry.after(button(entry, block.querySelector(".cite-body").dataset));
  }
};

// Capturing, since the event does not bubble; blocks that come with a new list are heard too.
document.addEventListener("toggle", ({ target }) => target.matches?.(".cite[open]") && offer(target), true);
document.querySelectorAll(".cite[open]").forEach(offer);
