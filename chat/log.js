// Behaviour of the conversation, run once by its gr.HTML block: `element` is the block, `trigger` calls
// Python (app.py listens to these names), `watch` tells when Python has sent another value.

const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
let opener = null;

// The page's parts come one by one: an example can be clicked before there is a question box.
function focusQuestion() {
  const box = document.querySelector("#question textarea");
  if (box) box.focus();
  else requestAnimationFrame(focusQuestion);
}

element.addEventListener("click", (event) => {
  const example = event.target.closest(".example");
  if (example) {
    trigger("example", { question: example.textContent });
    // The button goes away with the welcome: the keyboard goes on in the question, not at the page's top.
    if (matchMedia("(pointer: fine)").matches) focusQuestion();
  }
  const cited = event.target.closest(".citation");
  if (cited) {
    opener?.removeAttribute("aria-current");
    opener = cited;
    opener.setAttribute("aria-current", "true");
    trigger("cite", { ...cited.dataset });
    document.dispatchEvent(new Event("citewire:cite"));
  }
});

// A new turn comes into view whole, or from its question on if it is taller than the window.
watch("value", () => requestAnimationFrame(() => {
  const turn = element.querySelector(".turn:last-of-type");
  if (!turn) return;
  const room = innerHeight - document.querySelector("#composer").offsetHeight;
  turn.scrollIntoView({ behavior, block: turn.offsetHeight > room ? "start" : "nearest" });
}));

// What is unfolded comes out from behind the composer ("toggle" does not bubble).
element.addEventListener("toggle", (event) => event.target.scrollIntoView({ behavior, block: "nearest" }), true);

// The closed panel gives the keyboard back to the citation that opened it.
document.addEventListener("citewire:closed", () => {
  opener?.removeAttribute("aria-current");
  opener?.focus({ preventScroll: true });
});
