// Behaviour of the page's head, run once by its gr.HTML block: its buttons, and the line that says how the
// archive does, asked of /health while that can change.

const status = element.querySelector("#status");
const library = element.querySelector(".to-library");

const count = (number, word) => `${number.toLocaleString("en-GB")} ${word}${number === 1 ? "" : "s"}`;
const said = ({ articles, vectors, ready, status: state }) => {
  if (state !== "ok") return "The archive cannot be read; the terminal says what.";
  const holds = articles === undefined ? "" : count(articles, "article");
  const meaning = vectors < 1 ? ` · indexing, ${Math.floor(100 * vectors)} % done` : "";
  return `${holds}${meaning}${ready ? "" : `${holds ? " · " : ""}loading the models; you can ask already`}`;
};

let timer = 0;
const look = async () => {
  clearTimeout(timer);
  let health = null;
  try {
    health = await (await fetch("health", { cache: "no-store" })).json();
    const text = said(health);
    if (status.textContent !== text) status.textContent = text;
  } catch {
    status.textContent = "Citewire does not answer. Is it still running?";
  }
  if (!health?.ready || health.vectors < 1) timer = setTimeout(look, health ? 1_000 : 5_000);
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const name = button.matches(".to-library") ? "library" : button.matches(".to-shelf") ? "shelf" : "turn";
  document.dispatchEvent(new CustomEvent(`citewire:${name}`, { detail: name === "turn" ? null : button }));
});
document.addEventListener("citewire:changed", look);
document.addEventListener("citewire:lost", look);
look();
