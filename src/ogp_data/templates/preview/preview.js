// A row and its text light up together. Without this page leads from one to the other all the same.
(() => {
  "use strict";
  const all = [...document.querySelectorAll("[data-row]")];
  const byRow = new Map();
  for (const one of all) {
    for (const row of one.dataset.row.split(" ")) byRow.set(row, [...(byRow.get(row) || []), one]);
  }
  let kept = "";
  let shown = "";
  const choose = (rows) => {
    if (rows === shown) return;
    shown = rows;
    for (const one of document.querySelectorAll(".chosen")) one.classList.remove("chosen");
    for (const row of rows.split(" ")) for (const one of byRow.get(row) || []) one.classList.add("chosen");
  };
  const rowsAt = (event) => event.target.closest?.("[data-row]")?.dataset.row || "";
  document.addEventListener("focusin", (event) => choose(rowsAt(event) || kept));
  // Where the page scrolls below a pointer at rest, somebody reads what was chosen.
  document.addEventListener("mousemove", (event) => {
    if (event.movementX || event.movementY) choose(rowsAt(event) || kept);
  });
  document.addEventListener("click", (event) => {
    const rows = rowsAt(event);
    kept = rows;
    choose(rows);
    const row = event.target.closest?.("article");
    if (row && !event.target.closest("a") && !getSelection().toString()) row.querySelector("a").click();
    const box = event.target.closest?.(".boxes a, .document a");
    if (box) document.getElementById(box.getAttribute("href").slice(1))?.querySelector("a").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose(kept = "");
  });
})();
