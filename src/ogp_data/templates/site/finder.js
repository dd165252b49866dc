// Finds commitments by words, status, theme and organisation, and keeps the choice in the address.
// Without it all of them stand there.
(() => {
  "use strict";
  const form = document.querySelector("form.find");
  const later = document.querySelector(".later");
  if (!form || !later) return;
  const FIRST = 6;
  const MOST = 60;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  const shelves = [...document.querySelectorAll(".shelf")];
  const cards = shelves.flatMap((shelf) => [...shelf.querySelectorAll("li.result")].map((item) => ({
    item,
    shelf,
    text: fold(item.textContent),
    status: item.dataset.status,
    theme: shelf.dataset.theme,
    who: [...item.querySelectorAll(".who")].map((one) => one.textContent),
  })));
  const found = form.querySelector(".found");
  const button = later.querySelector("button");
  const fields = [...form.elements].filter((one) => one.name);
  // A page from a folder on the disk keeps its address; there the choice stands behind the #.
  const isFile = location.protocol === "file:";
  let all = false;
  let started = false;

  const chosen = () => Object.fromEntries(fields.filter((one) => one.value && one.value !== "*")
    .map((one) => [one.name, one.value]));
  const remember = (choice) => {
    const query = new URLSearchParams(choice).toString();
    const place = isFile ? `#${query}` : `${query ? `?${query}` : location.pathname}#commitments`;
    history.replaceState(null, "", place);
  };
  const fits = (card, choice, words) => (choice.status === undefined || card.status === choice.status)
    && (choice.theme === undefined || card.theme === choice.theme)
    && (choice.who === undefined || card.who.includes(choice.who))
    && words.every((word) => card.text.includes(word));

  const show = () => {
    const choice = chosen();
    const words = fold(choice.q || "").split(/\s+/).filter(Boolean);
    const isChosen = Object.keys(choice).length > 0;
    const most = all ? Infinity : isChosen ? MOST : FIRST;
    const filled = new Set();
    let count = 0;
    for (const card of cards) {
      const isIn = fits(card, choice, words);
      if (isIn) count += 1;
      const isShown = isIn && count <= most;
      if (isShown) filled.add(card.shelf);
      if (card.item.hidden === isShown) card.item.hidden = !isShown;
    }
    for (const shelf of shelves) shelf.hidden = !filled.has(shelf);
    found.textContent = isChosen || count > most
      ? form.dataset.found.replace("{n}", Math.min(count, most)).replace("{all}", cards.length) : "";
    later.hidden = count <= most;
    button.textContent = form.dataset.more.replace("{n}", count);
    if (started) remember(choice);
  };

  const set = (name, value) => {
    const field = form.elements[name];
    if (!field) return;
    field.value = value;
    if (field.value !== value) field.value = "*";
  };
  const read = () => {
    const place = location.hash.includes("=") ? location.hash.slice(1) : location.search;
    const given = new URLSearchParams(place);
    for (const one of fields) set(one.name, given.has(one.name) ? given.get(one.name) : one.type === "search" ? "" : "*");
  };

  const again = () => { all = false; show(); };
  form.addEventListener("input", again);
  form.addEventListener("change", again);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(again));
  button.addEventListener("click", () => { all = true; show(); });
  for (const link of document.querySelectorAll("a[data-filter]")) {
    link.addEventListener("click", () => {
      form.reset();
      set(link.dataset.filter, link.dataset.value);
      again();
    });
  }
  addEventListener("hashchange", () => { if (location.hash.includes("=")) { read(); show(); } });
  form.hidden = false;
  read();
  show();
  started = true;
})();
