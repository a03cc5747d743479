// Search in the reader's own browser: asks for one file of this edition, sends nothing.
"use strict";

(() => {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const list = document.querySelector("[data-results]");
  const status = document.querySelector("[data-status]");
  const word = form.dataset;
  const MOST = 50;
  let entries;

  const prepare = (found) => {
    const [from, to] = found.fold.map((text) => [...text]);
    const simplified = new Map(from.map((char, n) => [char, to[n]]));
    const fold = (text) =>
      [...text.slice(0, 2000).normalize("NFKC").toLowerCase()].map((c) => simplified.get(c) ?? c).join("");
    entries = found.entries.map((values) => {
      const entry = Object.fromEntries(found.fields.map((name, n) => [name, values[n]]));
      entry.title = fold(`${entry.headline} ${entry.original} ${entry.number}`);
      entry.text = `${entry.title} ${fold(`${entry.summary} ${entry.issuer} ${entry.where} ${entry.day}`)}`;
      entry.words = ` ${entry.text.replace(/[^\p{L}\p{N}]+/gu, " ")} `;
      return entry;
    });
    entries.fold = fold;
  };

  const add = (parent, name, text = "", attributes = {}) => {
    const node = document.createElement(name);
    node.textContent = text;
    for (const [key, value] of Object.entries(attributes)) if (value) node.setAttribute(key, value);
    parent.append(node);
    return node;
  };

  const card = (entry) => {
    const item = document.createElement("li");
    item.className = "card";
    const side = add(item, "p", "", { class: "card-side" });
    add(side, "span", entry.where, { class: "where" });
    side.append(" ");
    if (entry.issuer) add(side, "span", entry.issuer, { class: "issuer" });
    const main = add(item, "div", "", { class: "card-main" });
    const title = add(main, "h2", "", { class: "found" });
    add(title, "a", entry.headline, { href: `${word.stories}${entry.story}/` });
    if (entry.mark) title.append(" ");
    if (entry.mark) add(title, "span", entry.mark, { class: "ai-mark" });
    if (entry.original) add(main, "p", entry.original, { class: "small", lang: entry.original_tag });
    const summary = add(main, "p", "", { class: "summary" });
    add(summary, entry.summary_tag ? "q" : "span", entry.summary, { lang: entry.summary_tag });
    const meta = add(main, "p", "", { class: "card-meta" });
    add(meta, "time", entry.day, { datetime: entry.day });
    if (entry.number) add(meta, "span", entry.number, { class: "number", lang: entry.number_tag });
    return item;
  };

  const show = (query) => {
    const words = entries.fold(query).split(/\s+/).filter(Boolean);
    const hits = words.length ? entries.filter((entry) => words.every((w) => entry.text.includes(w))) : [];
    // Whole words before parts of words, the title before the rest; within each, the newest first.
    const weight = (entry) =>
      2 * words.every((w) => entry.words.includes(` ${w} `)) + words.every((w) => entry.title.includes(w));
    hits.sort((a, b) => weight(b) - weight(a));
    list.replaceChildren(...hits.slice(0, MOST).map(card));
    const said = hits.length > MOST ? word.first.replace("{shown}", MOST) : word.found;
    status.textContent = words.length ? (hits.length ? said.replace("{n}", hits.length) : word.none) : "";
  };

  const run = async () => {
    const query = form.elements.q.value.slice(0, 200);
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    dispatchEvent(new Event("hashchange")); // the link to the other language keeps the query
    try {
      if (!entries) {
        const answer = await fetch(word.index, { credentials: "omit" });
        if (!answer.ok) throw new Error(answer.status);
        prepare(await answer.json());
      }
      if (query === form.elements.q.value.slice(0, 200)) show(query);
    } catch {
      status.textContent = word.failed;
    }
  };

  let waiting;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(run, 150);
  });
  document.querySelector("[data-without]").hidden = true;
  form.hidden = false;
  form.elements.q.value = (new URLSearchParams(location.search).get("q") ?? "").slice(0, 200);
  if (form.elements.q.value) run();
})();
