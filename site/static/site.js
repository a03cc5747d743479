// Adds to pages that are complete without it: the clock, the list's filters, opening what a mark points at.
"use strict";

(() => {
  const clock = document.querySelector("[data-clock]");
  if (clock) {
    const time = clock.querySelector("[data-time]");
    const shown = (zone) =>
      new Intl.DateTimeFormat("en-GB", {
        timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
      }).format(new Date());
    const tick = () => {
      time.textContent =
        `${shown("Asia/Shanghai")} ${clock.dataset.beijing} · ${shown("UTC").slice(0, 5)} ${clock.dataset.utc}`;
    };
    tick();
    setInterval(tick, 1000);
    clock.hidden = false;
  }

  // The other language at the same place of the page, with the same filters.
  const other = document.querySelector("[data-switch]");
  const keep = () => {
    if (other) other.href = other.href.split(/[?#]/)[0] + location.search + location.hash;
  };
  addEventListener("hashchange", keep);

  const form = document.querySelector("[data-filters]");
  if (form) {
    const cards = [...document.querySelectorAll("[data-entry]")];
    const groups = [...document.querySelectorAll("[data-group]")];
    const status = form.querySelector("[data-shown]");
    const selects = [...form.querySelectorAll("select")];
    const apply = () => {
      const wanted = selects.filter((select) => select.value);
      for (const card of cards) {
        card.hidden = !wanted.every((select) => card.dataset[select.name].split(" ").includes(select.value));
      }
      for (const group of groups) group.hidden = !group.querySelector("[data-entry]:not([hidden])");
      const left = cards.filter((card) => !card.hidden).length;
      status.textContent = wanted.length
        ? status.dataset.shown.replace("{shown}", left).replace("{total}", cards.length)
        : "";
      const query = new URLSearchParams(wanted.map((select) => [select.name, select.value])).toString();
      history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
      keep();
    };
    const asked = new URLSearchParams(location.search);
    for (const select of selects) {
      const value = asked.get(select.name);
      if (value && [...select.options].some((option) => option.value === value)) select.value = value;
    }
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    form.hidden = false;
    apply();
  }
  keep();

  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const closed = target && target.closest("details:not([open])");
    if (closed) {
      closed.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", open);
  open();
})();
