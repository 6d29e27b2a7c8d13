// The selection that questions are asked within, run once by its gr.HTML block: the value is {sources,
// after, before}, which Python gets with each question; null asks everything. Shown as text.

const chip = element.querySelector(".scope-chip");
const draw = () => {
  const { sources = [], after, before } = props.value ?? {};
  const days = [after && `from ${after}`, before && `to ${before}`].filter(Boolean).join(" ");
  const named = [sources.join(", "), days].filter(Boolean).join(" · ");
  chip.hidden = !named;
  chip.querySelector(".scope-text").textContent = `Asking only ${named}`;
};
const set = (value) => {
  props.value = value;
  citewire.scope(value);
  draw();
};

document.addEventListener("citewire:scope", ({ detail: { sources, after, before } }) => {
  set(sources.length || after || before ? { sources, after, before } : null);
});
chip.querySelector("button").addEventListener("click", () => {
  set(null);
  document.querySelector("#question textarea")?.focus();
});
const kept = citewire.scope();
if (kept) set(kept);
else draw();
