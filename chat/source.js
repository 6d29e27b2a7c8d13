// Behaviour of the source panel, run once by its gr.HTML block (see log.js). Python sends the article;
// closing is done here, at once.

const show = () => {
  const panel = element.querySelector(".source");
  document.body.classList.toggle("source-open", Boolean(panel));
  if (!panel) return;
  panel.querySelector("#source-title").focus({ preventScroll: true });
  const text = panel.querySelector(".source-text");
  const cited = panel.querySelector("#cited");
  // Only the panel's text scrolls: scrollIntoView would move the conversation behind it too.
  const offset = cited ? cited.getBoundingClientRect().top - text.getBoundingClientRect().top : 0;
  text.scrollTop = cited ? text.scrollTop + offset - text.clientHeight / 3 : 0;
};

const close = () => {
  if (!element.querySelector(".source")) return;
  props.value = "";
  document.body.classList.remove("source-open");
  document.dispatchEvent(new Event("citewire:closed"));
};

element.addEventListener("click", (event) => {
  if (event.target.closest(".close")) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
watch("value", () => requestAnimationFrame(show));

// The citation of what is open already changes nothing in Python: it leads back to its place all the same.
document.addEventListener("citewire:cite", show);
