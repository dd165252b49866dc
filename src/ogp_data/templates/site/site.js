// Search and sort in the table of rows. Without it the table stands as it is.
(() => {
  "use strict";
  const table = document.querySelector("table.rows");
  const finder = document.querySelector(".finder");
  if (!table || !finder) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const order = new Map(rows.map((row, index) => [row, index]));
  const text = (row) => [...row.cells].map((cell) => `${cell.textContent} ${cell.dataset.value || ""}`)
    .join(" ").toLocaleLowerCase();
  const texts = new Map(rows.map((row) => [row, text(row)]));

  const label = document.createElement("label");
  label.textContent = finder.dataset.search;
  const input = document.createElement("input");
  input.type = "search";
  label.append(document.createElement("br"), input);
  const found = document.createElement("p");
  found.setAttribute("role", "status");
  finder.append(label, found);

  const search = () => {
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => texts.get(row).includes(word));
      if (!row.hidden) count += 1;
    }
    found.textContent = count === rows.length ? "" : finder.dataset.found.replace("{n}", count).replace("{all}", rows.length);
  };
  input.addEventListener("input", search);
  search();

  // An empty cell comes last, whichever way the rows are sorted.
  const value = (row, index) => {
    const cell = row.cells[index];
    return cell.querySelector(":scope > .empty") ? "" : cell.textContent.trim();
  };
  const compare = (index, number, down) => (one, other) => {
    const [a, b] = [value(one, index), value(other, index)];
    if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1) || order.get(one) - order.get(other);
    const step = number ? Number(a) - Number(b) : a.localeCompare(b, document.documentElement.lang, { numeric: true });
    return (down ? -step : step) || order.get(one) - order.get(other);
  };
  [...table.tHead.rows[0].cells].forEach((head, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = `${finder.dataset.sort} ${head.textContent.trim()}`;
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...rows.slice().sort(compare(index, head.dataset.type === "number", down)));
    });
  });
})();
