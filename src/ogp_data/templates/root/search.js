// Search over all publications: the words of the index are looked up in files of script, each loaded when it is needed.
(() => {
  "use strict";
  const ogp = (globalThis.ogp ??= {});

  // Words, folded and split just as ogp_data/site/search.py does it.
  const DROPPED = new RegExp("[\\u00ad\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5"
    + "\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed"
    + "\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\u20d0-\\u20ff"
    + "\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff]+", "gu");
  const SPELT = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ς": "σ" };
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff"
    + "\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{3ffff}";
  const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
  const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(DROPPED, "")
    .replace(/[ßæœøđðłıþς]/gu, (letter) => SPELT[letter]).normalize("NFC");
  const runs = (text) => (fold(text).match(/[\p{L}\p{N}\p{M}]+/gu) || []).flatMap((word) => word.match(RUNS));
  const cut = (word, length) => [...word].slice(0, length).join("");
  const pairs = (run) => {
    const letters = [...run];
    return letters.length === 1 ? [run] : letters.slice(1).map((letter, at) => letters[at] + letter);
  };
  // What is sought: words, of which each may be the beginning of one; of a stretch without spaces each two letters.
  const sought = (text) => [...new Set(runs(text))].flatMap((run) => {
    if (IS_UNSPACED.test(run)) return pairs(run).map((word) => ({ word, begins: [...run].length === 1 }));
    const word = cut(run, ogp.index.longest);
    return [{ word, begins: [...word].length > 1 }];
  });

  const loaded = new Map();
  ogp.load ??= (name) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${ogp.at}search/${name}.js`;
    script.onload = () => resolve(ogp[name]);
    script.onerror = reject;
    document.head.append(script);
  });
  const file = (name) => {
    if (!loaded.has(name)) {
      loaded.set(name, ogp.load(name).catch((reason) => { loaded.delete(name); throw reason; }));
    }
    return loaded.get(name);
  };

  // The files that may have words between two, which are in order; a beginning of few letters asks for the first ones.
  const MOST = 8;
  const filesOf = ({ word, begins }) => {
    const last = begins ? `${word}\uffff` : word;
    const firsts = ogp.index.words;
    return [...firsts.keys()].filter((at) => firsts[at] <= last && !(firsts[at + 1] <= word)).slice(0, MOST);
  };

  // Each entry that has a word, with how well; whether so many have it that not all are kept, and what it is worth.
  const places = async (one) => {
    const found = { entries: new Map(), cut: false, count: 0 };
    for (const words of await Promise.all(filesOf(one).map((at) => file(`w${at}`)))) {
      for (const [word, [count, ...steps]] of Object.entries(words)) {
        if (word !== one.word && !(one.begins && word.startsWith(one.word))) continue;
        found.cut ||= count > steps.length;
        found.count = Math.max(found.count, count);
        const whole = word === one.word ? 2 : 1;
        let at = 0;
        for (const step of steps) {
          at += step >> 3;
          found.entries.set(at, Math.max(found.entries.get(at) || 0, whole * (step & 7)));
        }
      }
    }
    found.worth = Math.log(1 + ogp.index.entries / Math.max(found.count, found.entries.size));
    return found;
  };

  // The entries of a publication stand together: from, to.
  const range = (within) => {
    let from = 0;
    for (const { id, entries } of ogp.index.publications) {
      if (id === within) return [from, from + entries];
      from += entries;
    }
    return [0, ogp.index.entries];
  };

  // Entries that have all words, the best first; where none has, those that have some. A word of which not all places
  // are kept leaves none out, unless all words are such ones.
  // With the id of a publication they are sought in that one alone.
  ogp.about = async () => (ogp.index ??= await file("index"));

  ogp.find = async (text, within = "") => {
    await ogp.about();
    const [from, to] = range(within);
    const words = sought(text);
    const found = await Promise.all(words.map(places));
    const strict = found.some((one) => !one.cut) ? found.filter((one) => !one.cut) : found;
    const sums = new Map();
    for (const { entries, worth } of found) {
      for (const [at, weight] of entries) {
        if (at >= from && at < to) sums.set(at, (sums.get(at) || 0) + weight * worth);
      }
    }
    const has = (at) => strict.every(({ entries }) => entries.has(at));
    const order = (one, other) => other[1] - one[1] || one[0] - other[0];
    const all = [...sums].filter(([at]) => has(at)).sort(order);
    const some = all.length || words.length < 2 ? [] : [...sums].sort(order);
    const list = (all.length ? all : some).map(([at]) => at);
    return { list, words, some: !all.length && list.length > 0, cut: found.some((one) => one.cut) };
  };

  ogp.entry = async (at) => {
    const firsts = ogp.index.shown;
    let number = firsts.length - 1;
    while (firsts[number] > at) number -= 1;
    const [publication, kind, page, title, text, language] = (await file(`e${number}`))[at - firsts[number]];
    return { publication: ogp.index.publications[publication], kind: ogp.index.kinds[kind], page, title, text, language };
  };
  Object.assign(ogp, { fold, runs, isUnspaced: (text) => IS_UNSPACED.test(text) });
})();

// The page: a field, what is found, and where it stands. Without scripts the page lists the plans instead.
(() => {
  "use strict";
  const box = globalThis.document?.getElementById("search");
  if (!box) return;
  const { ogp } = globalThis, words = box.dataset;
  ogp.at = words.top;
  const field = box.querySelector("input"), said = box.querySelector("[role=status]");
  const list = box.querySelector(".results"), further = box.querySelector(".further");
  const inside = box.querySelector("select"), lang = document.documentElement.lang;
  const STEP = 10;
  let turn = 0, found = null, shown = 0;

  const make = (name, of, text = "") => {
    const element = document.createElement(name);
    element.className = of;
    element.textContent = text;
    return element;
  };

  // Where the words of a search stand in a text as it is written: from, to.
  const hits = (text, sought) => [...text.matchAll(/[\p{L}\p{N}\p{M}\p{Cf}]+/gu)].flatMap((match) => {
    const [written] = match, folded = ogp.fold(written);
    for (const word of sought) {
      if (folded.startsWith(word) && (folded === word || [...word].length > 1)) return [[match.index, match.index + written.length]];
      const at = ogp.isUnspaced(word) ? folded.indexOf(word) : -1;
      if (at < 0) continue;
      const whole = folded.length !== written.length;
      return [[match.index + (whole ? 0 : at), match.index + (whole ? written.length : at + word.length)]];
    }
    return [];
  });

  const marked = (text, sought, from = 0, to = text.length) => {
    const parts = [];
    let at = from;
    for (const [begin, end] of hits(text, sought)) {
      if (begin < at || end > to) continue;
      parts.push(text.slice(at, begin), make("mark", "", text.slice(begin, end)));
      at = end;
    }
    return [...parts, text.slice(at, to)];
  };

  const snippet = (text, sought) => {
    const first = hits(text, sought)[0]?.[0] ?? 0;
    const from = first < 80 ? 0 : text.lastIndexOf(" ", first - 60) + 1 || first;
    const until = text.length - from < 260 ? text.length : text.lastIndexOf(" ", from + 240);
    const to = until > first ? until : Math.min(text.length, from + 240);
    return [from ? "… " : "", ...marked(text, sought, from, to), to < text.length ? " …" : ""];
  };

  // An entry is in the language of its document, and runs as that does, whatever letter it begins with.
  const spoken = (element, language, publication) => {
    element.lang = language;
    element.dir = publication.direction;
  };

  const shownAs = ({ publication, kind, page, title, text, language }, sought) => {
    const item = document.createElement("li"), link = make("a", ""), name = make("bdi", "");
    const tongue = publication.languages.includes(lang) ? lang : publication.languages[0];
    const folder = tongue === publication.languages[0] ? "" : `${tongue}/`;
    link.href = `${ogp.at}${publication.id}/${folder}${page}`;
    spoken(name, language, publication);
    name.append(...marked(title, sought));
    link.append(name);
    const heading = make("p", "title"), about = make("p", "of"), said = make("p", "snippet"), quoted = make("bdi", "");
    heading.append(link);
    about.textContent = [kind[lang], publication.name[lang]].filter(Boolean).join(" · ");
    spoken(quoted, language, publication);
    quoted.append(...snippet(text, sought));
    said.append(quoted);
    item.append(heading, about, ...(text ? [said] : []));
    return item;
  };

  const more = async (own) => {
    const next = found.list.slice(shown, shown + STEP);
    const entries = await Promise.all(next.map(ogp.entry));
    if (own !== turn) return null;
    const items = entries.map((entry) => shownAs(entry, found.sought));
    list.append(...items);
    shown += next.length;
    further.hidden = shown >= found.list.length;
    return items[0];
  };

  const search = async () => {
    const own = (turn += 1), text = field.value.trim();
    try {
      const answer = text ? await ogp.find(text, inside?.value) : { list: [] };
      if (own !== turn) return;
      found = { ...answer, sought: ogp.runs(text) };
      shown = 0;
      list.replaceChildren();
      further.hidden = true;
      const form = !found.list.length ? words.none : found.some ? words.some : found.cut ? words.cut : words.found;
      said.textContent = text ? form.replace("{n}", found.list.length.toLocaleString(lang)) : "";
      await more(own);
    } catch {
      if (own === turn) said.textContent = words.failed;
    }
  };

  // The address keeps what is sought, so that it can be sent on, and back leads to it.
  const keep = () => {
    const address = new URL(location.href);
    for (const [name, value] of [["q", field.value.trim()], ["in", inside?.value]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    try { history.replaceState(null, "", address); } catch { /* a browser may not let a file do so */ }
  };
  let waiting;
  const begin = (after) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { keep(); search(); }, after);
  };
  field.addEventListener("input", () => begin(150));
  inside?.addEventListener("change", () => begin(0));
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    begin(0);
  });
  further.querySelector("button").addEventListener("click", async () => {
    const first = await more(turn).catch(() => { said.textContent = words.failed; });
    first?.querySelector("a").focus();
  });
  box.hidden = false;
  document.querySelector(".without").hidden = true;
  const given = new URLSearchParams(location.search);
  field.value = given.get("q") || "";
  const choose = () => {
    const asked = [...(inside?.options || [])].find((option) => option.value === given.get("in"));
    if (asked) asked.selected = true;
    if (field.value) search();
  };
  // Of many plans the page has no names; the index has.
  const fill = async () => {
    const { publications } = await ogp.about();
    inside.append(...publications.map(({ id, name }) => new Option(name[lang] || id, id)));
  };
  if (inside && "further" in inside.dataset) fill().catch(() => { said.textContent = words.failed; }).finally(choose);
  else choose();
})();
