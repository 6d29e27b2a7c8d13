// Behaviour of the conversation, run once by its gr.HTML block: `element` is the block, `trigger` calls
// Python's events and `server` its functions (app.py), `watch` tells when Python has sent another value:
// {at, html, kept}: the turns from place `at` on, and how they are kept (keeping.js). Turns before that are
// left alone: what is unfolded or selected in them stays so.

const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
const log = element.querySelector('[role="log"]');
let opener = null;

// The load event sends the welcome that stands there already: put up again, it would lose the focus on it.
let welcome = "";
const show = ({ at, html }) => {
  if (at === 0 && html === welcome && log.querySelector(".welcome")) return;
  welcome = at === 0 ? html : "";
  while (log.children.length > at) log.lastElementChild.remove();
  log.insertAdjacentHTML("beforeend", html);
};

// The page's parts come one by one: an example can be clicked before there is a question box.
const box = () => document.querySelector("#question textarea");
const focusQuestion = () => (box() ? box().focus() : requestAnimationFrame(focusQuestion));

// What stood there before a reload comes with the page's load event: no welcome flashes up before it.
if (props.value && !citewire.turns.length) show(props.value);

watch("value", () => {
  const { at, kept } = props.value;
  show(props.value);
  if (kept) citewire.keep(at, kept);
  pending = 0;
  requestAnimationFrame(intoView);
  if (next && !waiting()) requestAnimationFrame(askNext);
});

// A question asked while another is being answered waits in the box for its turn: Gradio would drop it.
let pending = 0; // until when one that was sent, and not heard of since, is waited for
let asking = ""; // its words
let next = false;
const waiting = () => log.querySelector(".waiting") || Date.now() < pending;
// Gradio goes on dropping for a moment after the reply has come: pressed until it is heard.
const askNext = () => {
  next = Boolean(box()?.value.trim()) && Date.now() >= pending;
  if (!next || log.querySelector(".waiting")) return;
  asking = box().value;
  document.querySelector("#ask").click();
  setTimeout(askNext, 100);
};
const whenHeard = () => {
  if (next) Date.now() < pending ? setTimeout(whenHeard, 200) : askNext();
};
const send = (event) => {
  if (waiting()) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (next || !box()?.value.trim()) return;
    next = true;
    setTimeout(whenHeard, 1_100);
  } else if (event.isTrusted && box()?.value.trim()) {
    asking = box().value;
    pending = Date.now() + 1_000; // Gradio may have dropped it
  }
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === box()) send(event);
}, true);
document.addEventListener("click", (event) => {
  if (event.target.closest("#ask")) send(event);
}, true);
// Whoever types on has not finished asking.
document.addEventListener("input", (event) => {
  if (event.isTrusted && event.target === box()) next = false;
});
document.addEventListener("citewire:asked", () => {
  pending = Date.now() + 10_000; // it is on its way, however slow the machine
  const typed = box();
  if (!typed || typed.value !== asking) return; // the next one is being typed
  typed.value = "";
  typed.dispatchEvent(new Event("input", { bubbles: true }));
});

// A new turn comes into view whole, or from its question on if it is taller than the window.
const intoView = () => {
  const turn = log.querySelector(".turn:last-of-type");
  if (!turn) return;
  const room = innerHeight - document.querySelector("#composer").offsetHeight;
  turn.scrollIntoView({ behavior, block: turn.offsetHeight > room ? "start" : "nearest" });
};

// A citation opens among those of its reply, so that the source can mark them and step through them.
const cite = (button) => {
  const cited = [...(button.closest(".turn")?.querySelectorAll(".citation[data-number]") ?? [])];
  const place = (citation) => ({ ...citation.dataset, number: Number(citation.dataset.number) });
  opener?.removeAttribute("aria-current");
  opener = button;
  opener.setAttribute("aria-current", "true");
  const others = cited.filter((citation) => citation !== button).map(place);
  const among = cited.includes(button) ? { ...place(button), count: cited.length, others } : { ...button.dataset };
  document.dispatchEvent(new CustomEvent("citewire:open", { detail: among }));
};

const judge = async (turn, said) => {
  const place = [...log.querySelectorAll(".turn")].indexOf(turn);
  const answer = turn.querySelector(".said");
  try {
    answer.textContent = await server.judge({ ...said, turns: citewire.turns.slice(0, place + 1) });
  } catch {
    answer.textContent = "It could not be sent.";
    return;
  }
  turn.querySelector(".thumbs").hidden = true;
  turn.querySelector(".correction").hidden = true;
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const turn = button.closest(".turn");
  if (button.matches(".example")) {
    trigger("example", { question: button.textContent });
    // The button goes away with the welcome: the keyboard goes on in the question, not at the page's top.
    if (matchMedia("(pointer: fine)").matches) focusQuestion();
  } else if (button.matches(".as-typed")) {
    trigger("example", { question: button.dataset.question, asTyped: true });
    if (matchMedia("(pointer: fine)").matches) focusQuestion();
  } else if (button.matches(".citation")) {
    cite(button);
  } else if (button.matches(".right")) {
    judge(turn, { verdict: "right" });
  } else if (button.matches(".wrong")) {
    const form = turn.querySelector(".correction");
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", String(!form.hidden));
    if (form.hidden) return;
    form.querySelector("input").focus({ preventScroll: true });
    form.scrollIntoView({ behavior, block: "nearest" });
  }
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  judge(form.closest(".turn"), {
    verdict: "wrong", answer: form.elements.answer.value, none: Boolean(form.elements.none?.checked),
  });
});

// Why there is this answer is looked up when it is first unfolded, since that means answering once more.
const explain = async (fold) => {
  const place = [...log.querySelectorAll(".turn")].indexOf(fold.closest(".turn"));
  fold.dataset.asked = "";
  try {
    fold.querySelector(".why-body").innerHTML = await server.why(citewire.turns.slice(0, place + 1));
  } catch {
    delete fold.dataset.asked;
    fold.querySelector(".why-body").textContent = "It could not be looked up.";
  }
  if (fold.open) fold.scrollIntoView({ behavior, block: "nearest" });
};

// What is unfolded comes out from behind the composer ("toggle" does not bubble).
element.addEventListener("toggle", ({ target }) => {
  target.scrollIntoView({ behavior, block: "nearest" });
  if (target.open && target.matches(".why") && !("asked" in target.dataset)) explain(target);
}, true);

// The source's arrows step through the citations of the reply that it was opened from.
document.addEventListener("citewire:step", ({ detail }) => {
  const next = opener?.closest(".turn")?.querySelector(`.citation[data-number="${detail}"]`);
  if (!next) return;
  next.scrollIntoView({ behavior, block: "nearest" });
  cite(next);
});

// The closed panel gives the keyboard back to the citation that opened it.
document.addEventListener("citewire:closed", () => {
  opener?.removeAttribute("aria-current");
  opener?.focus({ preventScroll: true });
});
document.addEventListener("citewire:open", ({ detail }) => {
  if (!detail.opener) return;
  opener?.removeAttribute("aria-current");
  opener = detail.opener;
});

// Another conversation, or a new one: Python opens the turns that were kept of it.
document.addEventListener("citewire:turn", ({ detail }) => {
  citewire.turnTo(detail ?? undefined);
  trigger("restore", { turns: citewire.turns });
  if (matchMedia("(pointer: fine)").matches) focusQuestion();
});

// The welcome says what the archive holds: another one does when that has changed.
document.addEventListener("citewire:changed", () => {
  if (log.querySelector(".welcome")) trigger("restore", { turns: [] });
});

// Up in an empty box brings the last question back, again the one before; Down the way forward.
let recalled = 0;
document.addEventListener("keydown", (event) => {
  const typed = event.target;
  if (typed !== box() || !["ArrowUp", "ArrowDown"].includes(event.key) || event.shiftKey) return;
  const asked = citewire.turns.map((turn) => turn.question);
  if (!typed.value) recalled = 0;
  else if (typed.value !== asked.at(-recalled)) return;
  const next = recalled + (event.key === "ArrowUp" ? 1 : -1);
  if (next < 0 || next > asked.length) return;
  event.preventDefault();
  recalled = next;
  typed.value = next ? asked.at(-next) : "";
  typed.dispatchEvent(new Event("input", { bubbles: true }));
});
