// Conversations are kept in this browser alone: in localStorage, by archive, each under a key of its own.
// A tab's current one is named in its sessionStorage, so that a reload goes on with it and another tab does
// not disturb it. Turns are sealed by the server (chat/turns.py): what was changed here is not shown again.

window.citewire = (() => {
  const MOST = 100; // conversations
  const prefix = `citewire:${document.querySelector('meta[name="citewire-archive"]').content}:`;

  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(prefix + key)) ?? []; } catch { return []; }
  };
  const list = () => [read("list")].flat().filter((talk) => talk?.id);
  // A full or forbidden store loses the oldest conversations, never the page.
  const write = (key, value) => {
    for (;;) {
      try { return localStorage.setItem(prefix + key, JSON.stringify(value)); } catch {
        const oldest = list().filter((talk) => talk.id !== current).at(-1);
        if (!oldest) return;
        forget(oldest.id);
      }
    }
  };
  const forget = (id) => {
    try {
      localStorage.removeItem(prefix + id);
      localStorage.setItem(prefix + "list", JSON.stringify(list().filter((talk) => talk.id !== id)));
    } catch { /* nothing was kept */ }
  };
  const session = (value) => {
    try {
      if (value === undefined) return sessionStorage.getItem(prefix + "current");
      sessionStorage.setItem(prefix + "current", value);
    } catch { /* this tab forgets at its next reload */ }
    return null;
  };

  // What questions are asked within, in this tab, also after a reload: a selection unseen would mislead.
  const scope = (value) => {
    try {
      if (value === undefined) return JSON.parse(sessionStorage.getItem(prefix + "scope"));
      sessionStorage.setItem(prefix + "scope", JSON.stringify(value));
    } catch { /* everything is asked after the next reload, and no chip says otherwise */ }
    return null;
  };

  let current = session() || crypto.getRandomValues(new Uint32Array(2)).join("");
  let turns = read(current);

  return {
    list,
    forget,
    get current() { return current; },
    get turns() { return turns; },
    scope,
    // The question box is emptied here, at once: by the time Python has heard, another may be half typed.
    asked(given) {
      document.dispatchEvent(new Event("citewire:asked"));
      return given;
    },
    // The turns from place `at` on are now these.
    keep(at, kept) {
      turns = [...turns.slice(0, at), ...kept];
      session(current);
      if (!turns.length) return forget(current);
      const others = list().filter((talk) => talk.id !== current);
      for (const talk of others.splice(MOST - 1)) forget(talk.id);
      write(current, turns);
      write("list", [{ id: current, title: turns[0].question, at: Date.now(), turns: turns.length }, ...others]);
    },
    // Go on with another conversation, or begin a new one.
    turnTo(id = crypto.getRandomValues(new Uint32Array(2)).join("")) {
      current = id;
      turns = read(id);
      session(current);
    },
  };
})();
