// Suggests prefixes, names, variables and keywords while a query is written. Without it the text is written as it is.
(() => {
  "use strict";
  const MOST = 8;
  const KEYWORDS = ("SELECT CONSTRUCT DESCRIBE ASK PREFIX DISTINCT WHERE OPTIONAL UNION MINUS GRAPH FILTER BIND VALUES"
    + " GROUP BY HAVING ORDER BY ASC DESC LIMIT OFFSET COUNT SUM AVG MIN MAX CONTAINS LCASE REGEX LANG STR BOUND"
    + " EXISTS NOT").split(" ");
  const box = document.querySelector("textarea[data-complete]");
  const source = box && document.getElementById(box.dataset.complete);
  if (!source) return;
  const { prefixes, terms } = JSON.parse(source.textContent);
  const names = [...Object.entries(terms), ...Object.entries(prefixes).map(([name, at]) => [`${name}:`, at])];
  const list = document.createElement("ul");
  list.id = "query-suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggestions);
  list.hidden = true;
  box.after(list);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  let at = -1;

  const begun = () => box.value.slice(0, box.selectionStart).match(/[?$]?[\w:.-]*$/)[0];

  const close = () => {
    list.hidden = true;
    at = -1;
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (number) => {
    at = (number + list.children.length) % list.children.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    box.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };

  // Puts the word in, and before the query the prefix that it needs.
  const take = (word) => {
    const from = box.selectionStart - begun().length;
    box.setRangeText(word, from, box.selectionStart, "end");
    const prefix = word.includes(":") ? word.split(":")[0] : "";
    if (prefixes[prefix] && !new RegExp(`prefix\\s+${prefix}:`, "i").test(box.value)) {
      box.setRangeText(`PREFIX ${prefix}: <${prefixes[prefix]}>\n`, 0, 0, "preserve");
    }
    close();
    box.focus();
  };

  const found = (word) => {
    const start = word.toLowerCase();
    if (/^[?$]/.test(word)) {
      const used = new Set(box.value.match(/[?$]\w+/g));
      return [...used].filter((name) => name !== word && name.startsWith(word)).map((name) => [name, ""]);
    }
    const begins = names.filter(([name]) => name.toLowerCase().startsWith(start) || name.toLowerCase().split(":")[1].startsWith(start));
    const says = names.filter(([, label]) => start.length > 2 && label.toLowerCase().includes(start));
    const words = KEYWORDS.filter((name) => name.toLowerCase().startsWith(start)).map((name) => [name, ""]);
    return [...new Map([...begins, ...words, ...says])].filter(([name]) => name !== word);
  };

  const suggest = (anything) => {
    const word = begun();
    const shown = word.length > 1 || anything ? found(word).slice(0, MOST) : [];
    if (!shown.length) {
      close();
      return;
    }
    list.replaceChildren(...shown.map(([name, label], index) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const code = document.createElement("code");
      code.textContent = name;
      item.append(code, label ? ` ${label}` : "");
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(name);
      });
      return item;
    }));
    at = -1;
    box.removeAttribute("aria-activedescendant");
    list.hidden = false;
  };

  box.addEventListener("input", () => suggest(false));
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      suggest(true);
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
    } else if (!list.hidden && event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (!list.hidden && event.key === "Enter" && at >= 0 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      take(list.children[at].querySelector("code").textContent);
    }
  });
})();
