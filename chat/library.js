// Behaviour of the library, run once by its gr.HTML block (see log.js). Python writes the lists; `upload`
// sends a file to Gradio's folder for uploads, from where Python reads it.

let drawer = null;
let opener = null;
let asked = 0;
let waiting = 0;

const find = (selector) => element.querySelector(selector);
const chosen = () => {
  const fields = new FormData(find(".choose"));
  return {
    words: fields.get("words"), sources: fields.getAll("source"), after: fields.get("after"), before: fields.get("before"),
  };
};

// Questions can be asked within outlets and days; words only find articles in this list.
const HINT = "Choose an outlet or days to ask questions of their articles alone.";
const WORDS = "Questions are asked of the outlets and days chosen; the words only narrow this list.";
const offerScope = () => {
  const { words, sources, after, before } = chosen();
  const some = Boolean(sources.length || after || before);
  find(".scope").disabled = !some;
  find(".scope-hint").textContent = !some ? HINT : words.trim() ? WORDS : "";
};

const list = async (offset = 0) => {
  const mine = ++asked;
  try {
    const html = await server.listing({ ...chosen(), offset });
    if (mine !== asked || !drawer) return;
    find(".listing").innerHTML = html;
    if (offset) find(".listing").scrollIntoView({ block: "start" });
  } catch {
    document.dispatchEvent(new CustomEvent("citewire:lost"));
  }
};

const open = async (button) => {
  document.dispatchEvent(new CustomEvent("citewire:drawer", { detail: "library" }));
  opener = button;
  try {
    const html = await server.panel(null);
    element.innerHTML = `<aside class="drawer" aria-labelledby="library-title">${html}</aside>`;
  } catch {
    return document.dispatchEvent(new CustomEvent("citewire:lost"));
  }
  drawer = find(".drawer");
  document.body.classList.add("drawer-open");
  find("#library-title").focus({ preventScroll: true });
  offerScope();
  list();
  follow(false);
};

const close = () => {
  if (!drawer) return false;
  element.innerHTML = "";
  drawer = null;
  document.body.classList.remove("drawer-open");
  opener?.focus();
  return true;
};

// Progress is asked for while there is some: also after a reload, when another page started it.
let following = false;
// What was done before the library was opened is no news, and its trouble may be over: it is not told again.
const follow = async (told = true) => {
  if (following) return;
  following = true;
  try {
    for (let running = true, ran = false; running && drawer; ran = true) {
      const report = await server.report(null);
      running = report.running;
      if (running || ran || told) say(report.html);
      if (!running && ran) document.dispatchEvent(new Event("citewire:changed"));
      if (running) await new Promise((done) => setTimeout(done, 400));
    }
  } catch {
    document.dispatchEvent(new CustomEvent("citewire:lost"));
  } finally {
    following = false;
  }
};

const say = (html) => {
  const report = find(".report");
  if (report && report.innerHTML !== html) report.innerHTML = html;
};
const tell = (text) => {
  const line = Object.assign(document.createElement("p"), { textContent: text });
  find(".report")?.replaceChildren(line);
};

const add = async (files) => {
  const most = Number(find(".drop").dataset.most) * 1e6;
  const large = files.filter((file) => file.size > most);
  if (!files.length || waiting) return;
  if (large.length) return tell(`Too large: ${large.map((file) => file.name).join(", ")}`);
  waiting = 1;
  const paths = [];
  try {
    for (const file of files) {
      tell(`Sending ${file.name} (${paths.length + 1} of ${files.length}) …`);
      paths.push((await upload(file)).path);
    }
    const report = await server.add(paths);
    say(report.html);
    if (report.running) await follow();
    document.dispatchEvent(new Event("citewire:changed"));
  } catch {
    tell("The files could not be sent.");
  } finally {
    waiting = 0;
  }
};

const fetchPage = async (form) => {
  if (waiting) return;
  waiting = 1;
  try {
    const report = await server.add(form.elements.address.value);
    say(report.html);
    if (report.running) {
      form.reset();
      await follow();
    }
    document.dispatchEvent(new Event("citewire:changed"));
  } catch {
    tell("The address could not be sent.");
  } finally {
    waiting = 0;
  }
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".close")) close();
  if (button.matches(".page")) list(Number(button.dataset.offset));
  if (button.matches(".entry")) {
    const detail = { article: button.dataset.article, words: chosen().words, opener: button };
    document.dispatchEvent(new CustomEvent("citewire:open", { detail }));
  }
  if (button.matches(".scope")) {
    document.dispatchEvent(new CustomEvent("citewire:scope", { detail: chosen() }));
    if (matchMedia("(max-width: 60rem)").matches) close();
  }
});

// Outlets whose names hold what is typed stay, and those that are ticked.
const narrowOutlets = (typed) => {
  const wanted = typed.trim().toLocaleLowerCase();
  let held = 0;
  for (const item of element.querySelectorAll(".outlets li")) {
    const names = item.querySelector("span").textContent.toLocaleLowerCase().includes(wanted);
    held += names;
    item.hidden = !names && !item.querySelector("input").checked;
  }
  find(".no-outlet").textContent = held ? "" : "No outlet is called that.";
};

// What is typed is looked for when the typing pauses.
let pause = 0;
element.addEventListener("input", (event) => {
  if (event.target.matches(".find-outlet")) return narrowOutlets(event.target.value);
  if (!event.target.closest(".choose")) return;
  offerScope();
  clearTimeout(pause);
  pause = setTimeout(list, event.target.name === "words" ? 200 : 0, 0);
});
element.addEventListener("reset", (event) => event.target.matches(".choose") && setTimeout(() => {
  if (find(".find-outlet")) narrowOutlets("");
  offerScope();
  list();
}));
element.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches(".by-address")) fetchPage(event.target);
  else list();
});

element.addEventListener("change", (event) => {
  if (event.target.type !== "file") return;
  add([...event.target.files]);
  event.target.value = "";
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  element.addEventListener(kind, (event) => {
    const drop = event.target.closest(".drop");
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop") add([...event.dataTransfer.files]);
  });
}

document.addEventListener("citewire:library", ({ detail }) => (drawer ? close() : open(detail)));
document.addEventListener("citewire:drawer", ({ detail }) => detail !== "library" && close());
document.addEventListener("citewire:changed", () => drawer && list());
document.addEventListener("keydown", (event) => {
  // The source, which may have been opened from here, closes first.
  if (event.key !== "Escape" || event.defaultPrevented || document.body.classList.contains("source-open")) return;
  if (close()) event.preventDefault();
});
