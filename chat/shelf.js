// The conversations kept in this browser (keeping.js), run once by its gr.HTML block: to go on with one,
// to begin another, to take one away as a file. All of it is text of the reader's own, set as text.

let drawer = null;
let opener = null;

const make = (tag, fields = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), fields);
  made.append(...inside);
  return made;
};
const button = (text, act, fields = {}) => {
  const made = make("button", { type: "button", textContent: text, ...fields });
  made.addEventListener("click", act);
  return made;
};
const when = (at) => new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });

const save = async (format, status) => {
  let file;
  try {
    file = await server.export_turns({ turns: citewire.turns, format });
  } catch {
    file = { error: "It could not be exported." };
  }
  status.textContent = file.error ?? `Saved as ${file.name}.`;
  if (file.error) return;
  const href = URL.createObjectURL(new Blob([file.text], { type: file.kind }));
  make("a", { href, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
};

const turn = (id) => {
  document.dispatchEvent(new CustomEvent("citewire:turn", { detail: id }));
  if (matchMedia("(max-width: 60rem)").matches) close();
  else draw();
};

const item = (talk) => {
  const open = button("", () => turn(talk.id), { className: "entry" });
  open.append(
    make("span", { className: "cited-title", dir: "auto", textContent: talk.title }),
    make("span", { className: "byline", textContent: `${when(talk.at)} · ${talk.turns} question${talk.turns === 1 ? "" : "s"}` }),
  );
  if (talk.id === citewire.current) open.setAttribute("aria-current", "true");
  // The first click asks, the second deletes.
  const forget = button("Delete", () => {
    if (forget.textContent === "Delete") {
      forget.textContent = "Really?";
      forget.setAttribute("aria-label", `Really delete the conversation “${talk.title}”?`);
      return;
    }
    citewire.forget(talk.id);
    if (talk.id === citewire.current) document.dispatchEvent(new CustomEvent("citewire:turn"));
    draw();
    drawer.querySelector("h2").focus();
  }, { className: "forget" });
  forget.setAttribute("aria-label", `Delete the conversation “${talk.title}”`);
  return make("li", {}, open, forget);
};

const draw = () => {
  if (!drawer) return;
  const status = make("p", { className: "saved" });
  status.setAttribute("role", "status");
  const talks = citewire.list();
  const head = make("header", { className: "drawer-head" },
    make("h2", { id: "shelf-title", tabIndex: -1, textContent: "Conversations" }),
    button("×", close, { className: "close", ariaLabel: "Close the conversations" }));
  const exporting = make("div", { className: "exporting", role: "group" },
    make("span", { textContent: "Save this conversation as" }),
    ...[["markdown", "Markdown"], ["html", "HTML"], ["json", "JSON"]].map(([format, name]) => button(name, () => save(format, status))));
  exporting.setAttribute("aria-label", "Save this conversation");
  const none = make("p", { className: "found", textContent: "Conversations are kept here, in this browser alone." });
  drawer.replaceChildren(head, button("New conversation", () => turn(null), { className: "new" }), exporting, status,
    talks.length ? make("ul", { className: "entries talks" }, ...talks.map(item)) : none);
};

const open = (from) => {
  document.dispatchEvent(new CustomEvent("citewire:drawer", { detail: "shelf" }));
  opener = from;
  drawer = make("aside", { className: "drawer" });
  drawer.setAttribute("aria-labelledby", "shelf-title");
  element.replaceChildren(drawer);
  document.body.classList.add("drawer-open");
  draw();
  drawer.querySelector("h2").focus({ preventScroll: true });
};

const close = () => {
  if (!drawer) return false;
  drawer = null;
  element.replaceChildren();
  document.body.classList.remove("drawer-open");
  opener?.focus();
  return true;
};

document.addEventListener("citewire:shelf", ({ detail }) => (drawer ? close() : open(detail)));
document.addEventListener("citewire:drawer", ({ detail }) => detail !== "shelf" && close());
document.addEventListener("keydown", (event) => {
  // The source, which may have been opened from here, closes first.
  if (event.key !== "Escape" || event.defaultPrevented || document.body.classList.contains("source-open")) return;
  if (close()) event.preventDefault();
});
