// Behaviour of the source panel, run once by its gr.HTML block (see log.js). Python writes the panel;
// showing, stepping, copying and closing are done here, at once.

let asked = 0;

const put = (html) => {
  element.innerHTML = html;
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

const fetched = async (work) => {
  const mine = ++asked;
  try {
    const html = await work();
    if (mine === asked && html) put(html);
  } catch {
    document.dispatchEvent(new CustomEvent("citewire:lost"));
  }
};

const close = () => {
  asked += 1;
  if (!element.querySelector(".source")) return false;
  put("");
  document.dispatchEvent(new Event("citewire:closed"));
  return true;
};

const changed = async (work) => {
  const { html, done } = await work;
  if (done) document.dispatchEvent(new Event("citewire:changed"));
  return html;
};

// navigator.clipboard is there on this machine and over https; elsewhere the old way has to do.
const copy = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement("textarea"), { value: text });
  element.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
};

document.addEventListener("citewire:open", ({ detail: { opener, ...place } }) => {
  fetched(() => server.open_source(place));
});

element.addEventListener("click", async (event) => {
  const target = event.target.closest("button, .also");
  if (!target) return;
  const { article, number } = target.dataset;
  if (target.matches(".close")) close();
  if (target.matches(".step, .also")) document.dispatchEvent(new CustomEvent("citewire:step", { detail: number }));
  if (target.matches(".remove")) fetched(() => changed(server.remove(article)));
  if (target.matches(".uncorrect")) fetched(() => changed(server.correct({ article })));
  if (target.matches(".undo")) fetched(() => changed(server.put_back(article)));
  if (target.matches(".copy")) {
    await copy(target.dataset.copy);
    target.closest("details").open = false;
    element.querySelector(".copied").textContent = `Copied as ${target.textContent}.`;
    element.querySelector(".menu summary").focus();
  }
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const { source, published } = Object.fromEntries(new FormData(form));
  fetched(() => changed(server.correct({ article: form.dataset.article, source, published })));
});

// Escape folds an open menu first, then closes the panel.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const menu = element.querySelector(".menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (menu || close()) event.preventDefault();
});
