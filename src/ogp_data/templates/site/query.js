// Answers SPARQL inside the page. The engine runs in a worker that is ended when it is stopped or takes too long.
(() => {
  "use strict";
  const LIMIT = 60000;
  const SHOWN = 500;
  const box = document.querySelector(".query");
  const text = document.getElementById("query-text");
  const run = document.getElementById("query-run");
  const stop = document.getElementById("query-stop");
  const status = document.getElementById("query-status");
  const answer = document.getElementById("query-answer");
  const download = document.getElementById("query-download");
  if (!box || !text) return;
  const say = box.dataset;
  let worker = null;
  let timer = 0;

  // What the worker does. It is given to it as text, after the engine's own script.
  const work = () => {
    let store = null;
    self.onmessage = (event) => {
      const { wasm, graphs, query, union } = event.data;
      try {
        if (!store) {
          initSync({ module: wasm });
          store = new Store();
          for (const [name, data] of Object.entries(graphs)) {
            store.load(data, { format: "text/turtle", to_graph_name: namedNode(name), base_iri: name });
          }
        }
        self.postMessage({ ready: true });
        const options = { use_default_graph_as_union: union };
        const found = store.query(query, options);
        if (typeof found === "boolean") {
          self.postMessage({ kind: "boolean", value: found });
        } else if (found.length && !(found[0] instanceof Map)) {
          const lines = store.query(query, { ...options, results_format: "application/n-triples" });
          self.postMessage({ kind: "triples", value: lines, count: found.length });
        } else {
          const value = JSON.parse(store.query(query, { ...options, results_format: "json" }));
          self.postMessage({ kind: "rows", value });
        }
      } catch (fault) {
        // After a trap the engine's memory is as it was left: no later answer could be trusted.
        const broken = fault instanceof WebAssembly.RuntimeError || fault instanceof RangeError;
        self.postMessage({ kind: broken ? "broken" : "fault", value: String((fault && fault.message) || fault) });
      }
    };
  };

  const load = (path) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = say.root + path;
    script.onload = done;
    script.onerror = () => failed(new Error(path));
    document.head.append(script);
  });

  const busy = (yes) => {
    const [from, to] = yes ? [run, stop] : [stop, run];
    const focused = document.activeElement === from;
    to.disabled = false;
    if (focused) to.focus();  // a button that is disabled loses the focus
    from.disabled = true;
  };

  const end = (words) => {
    clearTimeout(timer);
    if (worker) worker.terminate();
    worker = null;
    busy(false);
    if (words) status.textContent = words;
  };

  const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

  const start = async () => {
    if (!window.ogpEngine) await load("query/engine.js");
    if (!window.ogpGraphs) await load("query/graphs.js");
    const source = `${window.ogpEngine.script}\n(${work})();`;
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const made = new Worker(address);
    URL.revokeObjectURL(address);
    return made;
  };

  const offer = (content, type, name) => {
    if (download.href) URL.revokeObjectURL(download.href);
    download.href = URL.createObjectURL(new Blob([content], { type }));
    download.download = name;
    download.hidden = false;
  };

  const part = (tag, words) => {
    const element = document.createElement(tag);
    element.textContent = words;
    return element;
  };

  const cell = (term) => {
    const item = document.createElement("td");
    if (!term) return item;
    if (term.type === "uri" && /^https?:/i.test(term.value)) {
      const link = part("a", term.value);
      link.href = term.value;
      link.rel = "external";
      item.append(link);
    } else {
      const words = part("bdi", term.type === "bnode" ? `_:${term.value}` : term.value);
      const language = term["xml:lang"];
      if (language) words.lang = language;
      item.append(words);
      if (language) item.append(" ", part("small", `@${language}`));
    }
    return item;
  };

  const csv = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

  const table = (value) => {
    const names = value.head.vars;
    const rows = value.results.bindings;
    const drawn = document.createElement("table");
    const head = drawn.createTHead().insertRow();
    for (const name of names) {
      const item = part("th", name);
      item.scope = "col";
      head.append(item);
    }
    const body = drawn.createTBody();
    for (const row of rows.slice(0, SHOWN)) body.insertRow().append(...names.map((name) => cell(row[name])));
    scrolled(drawn, say.results);
    const lines = [names, ...rows.map((row) => names.map((name) => (row[name] ? row[name].value : "")))];
    offer(lines.map((line) => line.map(csv).join(",")).join("\r\n") + "\r\n", "text/csv", "query.csv");
  };

  // What is wrong with the query that was asked, in words for people; in those of the engine where there are no others.
  const tell = async ({ value, query }) => {
    if (!window.ogpExplain) await load("query/faults.js").catch(() => {});
    const where = window.ogpExplain && window.ogpExplain(query, document.documentElement.lang);
    if (!where) {
      status.textContent = say.engine.replace("{detail}", () => value);
      return;
    }
    const { line, column, message } = where;
    status.textContent = say.malformed.replace("{line}", line).replace("{column}", column).replace("{detail}", () => message);
    const wrong = query.split("\n")[line - 1];
    const before = [...wrong].slice(0, column - 1).map((letter) => (letter === "\t" ? "\t" : " ")).join("");
    scrolled(part("pre", `${wrong}\n${before}^`), say.failed);
  };

  // Shows something that may be too wide, in a frame that the keyboard reaches.
  const scrolled = (inner, name) => {
    const frame = document.createElement("div");
    frame.className = "scroll";
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", name);
    frame.append(inner);
    answer.replaceChildren(frame);
  };

  const show = (message, began) => {
    const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    const seconds = ((performance.now() - began) / 1000).toLocaleString(document.documentElement.lang, digits);
    const counted = (count) => (count === 1 ? say.row : say.rows).replace("{n}", count).replace("{s}", seconds);
    clearTimeout(timer);
    busy(false);
    if (message.kind === "broken") {
      end(say.broken);
    } else if (message.kind === "fault") {
      tell(message);
    } else if (message.kind === "boolean") {
      status.textContent = message.value ? say.yes : say.no;
      offer(JSON.stringify({ head: {}, boolean: message.value }), "application/sparql-results+json", "query.srj");
    } else if (message.kind === "triples") {
      status.textContent = counted(message.count);
      scrolled(part("pre", message.value.split("\n").slice(0, SHOWN).join("\n")), say.results);
      offer(message.value, "application/n-triples", "query.nt");
    } else {
      const count = message.value.results.bindings.length;
      table(message.value);
      status.textContent = count > SHOWN ? `${counted(count)}; ${say.shown.replace("{n}", SHOWN)}` : counted(count);
    }
  };

  // Returns a test for a keyword that an IRI, a variable or another keyword follows, outside IRIs, strings and comments.
  const words = (query) => {
    const tokens = /(<)[^<>"{}|^`\\\s]*>|"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#.*$/gm;
    const bare = query.replace(tokens, (_, iri) => (iri ? "<" : " "));
    return (word, next) => new RegExp(`(^|[^\\w:?$@-])${word}(\\s*[<?$]|\\s+(${next}\\b|[\\w.-]*:))`, "i").test(bare);
  };

  const ask = async () => {
    if (run.disabled) return;
    const query = text.value;
    answer.replaceChildren();
    download.hidden = true;
    const said = words(query);
    if (said("SERVICE", "SILENT")) {
      status.textContent = say.service;
      return;
    }
    busy(true);
    const began = performance.now();
    const asked = { query, union: !said("FROM", "NAMED") };
    try {
      if (worker) {
        status.textContent = say.running;
        worker.postMessage(asked);
      } else {
        status.textContent = say.loading;
        const made = await start();
        if (run.disabled === false) {  // stopped while it was loaded
          made.terminate();
          return;
        }
        worker = made;
        worker.postMessage({ ...asked, wasm: bytes(window.ogpEngine.wasm), graphs: window.ogpGraphs });
      }
    } catch (fault) {
      end(`${say.failed}: ${fault.message}`);
      return;
    }
    timer = setTimeout(() => end(say.late), LIMIT);
    worker.onmessage = (event) => {
      if (event.data.ready) status.textContent = say.running;
      else show({ ...event.data, query }, began);
    };
    worker.onerror = (event) => end(`${say.failed}: ${event.message}`);
  };

  run.addEventListener("click", ask);
  stop.addEventListener("click", () => end(say.stopped));
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask();
    }
  });
  for (const button of document.querySelectorAll("button.try")) {
    button.disabled = false;
    button.addEventListener("click", () => {
      text.value = button.closest("section").querySelector("pre").textContent;
      text.focus();
      text.scrollIntoView({ block: "center" });
      ask();
    });
  }
  run.disabled = false;
})();
