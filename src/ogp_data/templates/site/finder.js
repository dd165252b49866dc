// Finds commitments by words, status, theme and organisation, and keeps the choice in the address.
// Without it all of them stand there.
(() => {
  "use strict";
  const form = document.querySelector("form.find");
  const later = document.querySelector(".later");
  if (!form || !later) return;
  // A list that is hardly longer than its beginning is shown whole: nobody is asked to click for a few more.
  const begun = (count, first, whole) => (count > whole ? first : count);
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
  const filters = form.querySelector(".filters");
  const found = form.querySelector("[role=status]");
  const clear = form.querySelector("[type=reset]");
  const button = later.querySelector("button");
  const fields = [...form.elements].filter((one) => one.name);
  let all = false;

  const chosen = () => Object.fromEntries(fields.filter((one) => one.value && one.value !== "*")
    .map((one) => [one.name, one.value]));
  // The page of a file is not always allowed another query; there the choice stands behind the #,
  // also the choice of everything, so that a query that it was opened with counts no more.
  const place = (choice) => {
    const query = new URLSearchParams(choice).toString();
    if (location.protocol === "file:") return `#${query || (location.search ? "q=" : "")}`;
    return `${query ? `?${query}` : location.pathname}#commitments`;
  };
  const remember = () => { const choice = chosen(); history.replaceState({ choice }, "", place(choice)); };
  const fits = (card, choice, words) => (choice.status === undefined || card.status === choice.status)
    && (choice.theme === undefined || card.theme === choice.theme)
    && (choice.who === undefined || card.who.includes(choice.who))
    && words.every((word) => card.text.includes(word));

  const show = () => {
    const choice = chosen();
    const words = fold(choice.q || "").split(/\s+/).filter(Boolean);
    const isChosen = Object.keys(choice).length > 0;
    const fitting = new Set(cards.filter((card) => fits(card, choice, words)));
    const count = fitting.size;
    const most = all ? count : isChosen ? begun(count, 60, 80) : begun(count, 12, 20);
    const filled = new Set();
    let left = most;
    for (const card of cards) {
      const isShown = fitting.has(card) && left > 0;
      if (isShown) {
        left -= 1;
        filled.add(card.shelf);
      }
      if (card.item.hidden === isShown) card.item.hidden = !isShown;
    }
    for (const shelf of shelves) shelf.hidden = !filled.has(shelf);
    found.textContent = isChosen || count > most
      ? form.dataset.found.replace("{n}", most).replace("{all}", cards.length) : "";
    clear.hidden = !isChosen;
    if (filters) {
      const set = Object.keys(choice).filter((name) => name !== "q").length;
      filters.querySelector(".set").textContent = set ? ` (${set})` : "";
    }
    later.hidden = count <= most;
    button.textContent = form.dataset.more.replace("{n}", count - most);
  };

  const set = (name, value) => {
    const field = form.elements[name];
    if (!field) return;
    field.value = value;
    if (field.value !== value) field.value = "*";
  };
  const put = (choice) => {
    for (const one of fields) set(one.name, choice[one.name] ?? (one.type === "search" ? "" : "*"));
    all = false;
    show();
  };
  const addressed = () => Object.fromEntries(
    new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : location.search),
  );

  const again = () => { all = false; show(); remember(); };
  form.addEventListener("input", again);
  form.addEventListener("change", again);
  form.addEventListener("submit", (event) => event.preventDefault());
  const list = document.getElementById("commitments");
  const reach = (options) => {
    list.tabIndex = -1;
    list.focus(options);
  };
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    // The button goes, and with it the place of who came by keyboard.
    reach({ preventScroll: true });
    put({});
    remember();
  });
  button.addEventListener("click", () => { all = true; show(); });
  for (const link of document.querySelectorAll("a[data-filter]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      put({ [link.dataset.filter]: link.dataset.value });
      const choice = chosen();
      history.pushState({ choice }, "", place(choice));
      reach();
      list.scrollIntoView();
    });
  }
  // An entry of the history without a choice is a link within the page, which chooses nothing, or an address typed.
  addEventListener("popstate", (event) => {
    if (event.state) put(event.state.choice);
    else if (location.hash.includes("=")) put(addressed());
    history.replaceState({ choice: chosen() }, "");
  });
  // On a phone they would stand between a reader and the first commitment.
  if (filters) {
    const phone = matchMedia("(max-width: 40rem)");
    const fit = () => { filters.open = !phone.matches; };
    phone.addEventListener("change", fit);
    fit();
  }
  form.hidden = false;
  put(history.state ? history.state.choice : addressed());
  history.replaceState({ choice: chosen() }, "");
})();
