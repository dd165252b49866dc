// Tells where a text stops being a query, and what to do: core/sparql/faults.py and advice.py for the browser, of the same
// grammar and advice, which stand above in window.ogpQuery; what contradicts itself as in meanings.py.
(() => {
  "use strict";
  const held = window.ogpQuery;
  const keywords = new Set(held.keywords);
  const functions = new Set(held.functions);
  const token = new RegExp(held.pattern, "gsu");
  const letters = (text) => [...text];
  const short = (text) => letters(text).slice(0, 40).join("");

  const tokenised = (query) => {
    const found = [];
    for (const match of query.matchAll(token)) {
      const text = match[0];
      let kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
      if (kind === "WORD") {
        const word = text.toUpperCase();
        kind = text === "a" ? "A" : functions.has(word) ? "FUNCTION" : keywords.has(word) ? word : "WORD";
      } else if (kind === "SIGN") kind = text;
      if (kind !== "SPACE") found.push({ kind, text, at: match.index });
    }
    return [...found, { kind: "", text: "", at: query.length }];
  };

  // With which tokens a part may begin, and whether it may be nothing.
  const known = new Map();
  const looked = (part) => {
    if (!known.has(part)) known.set(part, worked(part));
    return known.get(part);
  };
  const worked = ([kind, inner]) => {
    if (kind === "token") return { begins: new Set([inner]), empty: false };
    if (kind === "rule") return looked(held.rules[inner]);
    if (kind === "any" || kind === "maybe") return { begins: looked(inner[0]).begins, empty: true };
    const begins = new Set();
    const join = (part) => looked(part).begins.forEach((one) => begins.add(one));
    if (kind === "one") {
      inner.forEach(join);
      return { begins, empty: inner.some((part) => looked(part).empty) };
    }
    for (const part of inner) {
      join(part);
      if (!looked(part).empty) return { begins, empty: false };
    }
    return { begins, empty: true };
  };

  // The first token that does not fit, and what would.
  const unfit = (tokens) => {
    const waiting = [["token", ""], ["rule", "Query"]];
    let at = 0;
    let expected = new Set();
    const and = (begins) => new Set([...expected, ...begins]);
    while (waiting.length) {
      const part = waiting.pop();
      const [kind, inner] = part;
      const { begins } = looked(part);
      const fits = begins.has(tokens[at].kind);
      if (kind === "token") {
        if (!fits) return { at, expected: and(begins) };
        at += 1;
        expected = new Set();
      } else if (kind === "rule") waiting.push(held.rules[inner]);
      else if (kind === "all") waiting.push(...[...inner].reverse());
      else if (kind === "one") {
        const chosen = inner.find((one) => looked(one).begins.has(tokens[at].kind)) || inner.find((one) => looked(one).empty);
        if (!chosen) return { at, expected: and(begins) };
        if (!fits) expected = and(begins);
        waiting.push(chosen);
      } else if (fits) waiting.push(...(kind === "any" ? [part, inner[0]] : [inner[0]]));
      else expected = and(begins);
    }
    return null;
  };

  const distance = (one, other) => {
    const rows = [Array.from({ length: other.length + 1 }, (_, j) => j)];
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      const above = rows[i - 1];
      for (let j = 1; j <= other.length; j += 1) {
        let cost = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one[i - 1] !== other[j - 1]));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, rows[i - 2][j - 2] + 1);
        row.push(cost);
      }
      rows.push(row);
    }
    return rows[one.length][other.length];
  };

  const meant = (word, expected) => {
    const most = Math.min(held.near, Math.floor(word.length / 3));
    const near = [...expected].filter((one) => keywords.has(one) && Math.abs(one.length - word.length) <= most)
      .map((one) => [distance(word.toUpperCase(), one), one]).sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
    return near.length && near[0][0] <= most ? near[0][1] : "";
  };

  const matches = (pattern, text) => pattern === undefined || new RegExp(`^(?:${pattern})$`, "iu").test(text);
  const wanted = (one, expected) =>
    expected.has(one) || (one.length === 2 && !["&&", "||", "!="].includes(one) && [...one].every((sign) => expected.has(sign)));

  // What contradicts itself in a text of right grammar: the place, the name of what is told, and what is filled in.
  const OPEN = ["(", "{"];
  const CLOSE = [")", "}"];
  const aggregates = new Set(held.aggregates);
  const takesRows = (one) => aggregates.has(one.text.toUpperCase());
  const named = (one) => one.text.slice(1);

  // Each token with how many brackets are open around it; a bracket stands where what is in it does not.
  const deep = (tokens) => {
    let depth = 0;
    return tokens.map((one) => {
      if (CLOSE.includes(one.kind) && depth) depth -= 1;
      const found = [one, depth];
      if (OPEN.includes(one.kind)) depth += 1;
      return found;
    });
  };
  const until = (tokens, ends) => {
    const last = deep(tokens).findIndex(([one, depth]) => !depth && ends.includes(one.kind));
    return last < 0 ? tokens : tokens.slice(0, last);
  };
  const inside = (tokens) => {
    const last = deep(tokens).findIndex(([, depth], at) => at && !depth);
    return tokens.slice(1, last < 0 ? undefined : last);
  };
  const given = (tokens) => tokens.filter((one, at) => at && one.kind === "VARIABLE" && tokens[at - 1].kind === "AS");

  const selects = (tokens) => tokens.flatMap((token, at) => {
    if (token.kind !== "SELECT") return [];
    const asked = until(tokens.slice(at + 1), ["WHERE", "FROM", "{", ""]);
    let begin = tokens.findIndex((one, place) => place > at + asked.length && one.kind === "{");
    if (begin < 0) begin = tokens.length;
    const group = inside(tokens.slice(begin));
    return [{ asked, group, behind: until(tokens.slice(begin + group.length + 2), ["}", ""]) }];
  });

  // The variables of GROUP BY; null where there is none.
  const keys = (behind) => {
    if (!(behind.length > 1 && behind[0].kind === "GROUP" && behind[1].kind === "BY")) return null;
    const clause = until(behind.slice(2), ["", "}", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"]);
    const plain = deep(clause).filter(([one, depth]) => one.kind === "VARIABLE" && !depth).map(([one]) => one);
    return new Set([...plain, ...given(clause)].map(named));
  };

  // The variables that stand in no function that makes one value of many, and the star that means all.
  const loose = (tokens) => {
    const found = [];
    let within = null;
    let before = "";
    for (const [one, depth] of deep(tokens)) {
      if (within !== null && depth <= within && one.kind === ")") within = null;
      else if (within === null && one.kind === "(" && aggregates.has(before.toUpperCase())) within = depth;
      else if (within === null && (one.kind === "VARIABLE" || (one.kind === "*" && !depth))) found.push(one);
      before = one.text;
    }
    return found;
  };

  const asking = ({ asked, behind }) => {
    const found = [];
    const ours = given(asked);
    const known = new Set();
    for (const [one, depth] of deep(asked)) {
      if ((one.kind === "VARIABLE" && !depth) || ours.includes(one)) {
        if (known.has(named(one))) found.push([one, "twice_asked", { name: one.text }]);
        known.add(named(one));
      }
    }
    const grouped = keys(behind);
    if (grouped === null && ![...asked, ...behind].some(takesRows)) return found;
    const single = new Set([...(grouped || []), ...ours.map(named)]);
    for (const one of loose(asked)) {
      if (one.kind === "*") found.push([one, "all_grouped", {}]);
      else if (!ours.includes(one) && !single.has(named(one))) found.push([one, "many", { name: one.text }]);
    }
    return found;
  };

  const misplaced = (tokens) => tokens.flatMap((token, at) => {
    if (token.kind !== "FILTER" && token.kind !== "BIND") return [];
    const first = tokens[at + 1];
    const condition = [first, ...inside(tokens.slice(at + 1 + (OPEN.includes(first.kind) ? 0 : 1)))];
    const last = condition.findIndex((one) => one.kind === "{");
    return condition.slice(0, last < 0 ? undefined : last).filter((one) => one.kind === "FUNCTION" && takesRows(one))
      .map((one) => [one, "over_rows", { name: one.text }]);
  });

  const rows = (tokens) => tokens.flatMap((token, at) => {
    if (token.kind !== "VALUES" || tokens[at + 1].kind !== "(") return [];
    const names = inside(tokens.slice(at + 1));
    const twice = names.filter((one, place) => names.slice(0, place).some((other) => named(other) === named(one)));
    const data = inside(tokens.slice(at + names.length + 3));
    return [...twice.map((one) => [one, "twice_values", { name: one.text }]), ...data.flatMap((one, place) => {
      if (one.kind !== "(" && one.kind !== "NIL") return [];
      const row = (one.kind === "(" ? inside(data.slice(place)) : []).map((value) => value.kind);
      const values = row.filter((kind) => !["LANGUAGE", "+", "-", "^^"].includes(kind));
      const count = values.length - row.filter((kind) => kind === "^^").length;
      return count === names.length ? [] : [[one, "row", { count, width: names.length }]];
    })];
  });

  const labels = (tokens) => {
    const found = [];
    const seen = new Map();
    let block = 0;
    for (const [one, depth] of deep(tokens)) {
      if (one.kind === "{" || one.kind === "}") block += 1;
      if (!depth) seen.clear();
      if (one.kind === "BLANK" && one.text.startsWith("_:")) {
        if (!seen.has(one.text)) seen.set(one.text, block);
        if (seen.get(one.text) !== block) found.push([one, "blocks", { name: one.text }]);
      }
    }
    return found;
  };

  const again = (one) => [one, "taken", { name: one.text }];
  const taken = ({ asked, group }) => {
    const used = new Set(group.filter((one) => one.kind === "VARIABLE").map(named));
    return given(asked).filter((one) => used.has(named(one))).map(again);
  };

  const bound = (tokens) => tokens.flatMap((token, at) => {
    if (token.kind !== "BIND") return [];
    const before = new Set();
    let depth = 0;
    for (const one of tokens.slice(0, at).reverse()) {
      depth += (one.kind === "}") - (one.kind === "{");
      if (depth < 0) break;
      if (one.kind === "VARIABLE") before.add(named(one));
    }
    return given(inside(tokens.slice(at + 1)).slice(-2)).filter((one) => before.has(named(one))).map(again);
  });

  const contradiction = (tokens) => {
    const each = selects(tokens);
    let found = [...misplaced(tokens), ...rows(tokens), ...each.flatMap(asking), ...labels(tokens)];
    if (!found.length) found = [...each.flatMap(taken), ...bound(tokens)];
    return found.reduce((least, one) => (least && least[0].at <= one[0].at ? least : one), null);
  };

  const explain = (query, language) => {
    if (letters(query).length > held.longest) return null;
    const say = ({ says }, values) =>
      says[language].replace(/\{\{|\}\}|\{(\w+)\}/g, (piece, name) => (name ? values[name] : piece[0]));
    const placed = (at, message) => {
      const before = query.slice(0, at);
      const line = before.split("\n").length;
      return { line, column: letters(before.slice(before.lastIndexOf("\n") + 1)).length + 1, message };
    };

    const listed = (expected) => {
      const isWord = (one) => /^[A-Z]+$/.test(one);
      const kinds = Object.keys(held.kinds).filter((kind) => expected.has(kind)).map((kind) => say(held.kinds[kind], {}));
      const seldom = new Set(expected.size > held.most ? held.unsaid : []);
      const rank = (one) => `${["AS", ")", "}", "]"].includes(one) ? 0 : 1}${isWord(one) ? 0 : 1}${one}`;
      const others = [...expected].filter((one) => !(one in held.kinds) && one !== "" && one !== "A" && !seldom.has(one))
        .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
        .map((one) => (one === "NIL" ? "“()”" : isWord(one) ? one : `“${one}”`));
      const ends = others.filter((one) => held.ends.includes(one));
      return [...ends, ...kinds, ...others.filter((one) => !held.ends.includes(one))].slice(0, held.most).join(", ");
    };

    const advised = (tokens, at, expected) => {
      const found = tokens[at];
      const text = (place) => (tokens[place] ? tokens[place].text : "");
      const word = found.kind === "WORD" && !/[^\x00-\x7f]/.test(found.text) && meant(found.text, expected);
      if (word) return placed(found.at, say(held.told.meant, { found: short(found.text), word }));
      for (const one of held.advice) {
        const fits = (!one.kind || one.kind.includes(found.kind)) && matches(one.at, found.text)
          && matches(one.before, text(at - 1)) && matches(one.earlier, text(at - 2)) && matches(one.after, text(at + 1))
          && (!one.wants || one.wants.some((thing) => wanted(thing, expected)));
        if (fits) {
          const values = { found: text(at), before: text(at - 1), earlier: text(at - 2), after: text(at + 1) };
          for (const name of Object.keys(values)) values[name] = short(values[name]);
          return placed(tokens[at - (one.back || 0)].at, say(one, values));
        }
      }
      return null;
    };

    const told = (tokens, { at, expected }) => {
      const { kind, text, at: place } = tokens[at];
      if (kind === "STRAY" && (text === '"' || text === "'")) return placed(place, say(held.told.open_text, {}));
      if (kind === "<" && !expected.has("<")) return placed(place, say(held.told.open_address, {}));
      const better = advised(tokens, at, expected);
      if (better) return better;
      const which = kind === "" ? "early" : [...expected].every((one) => one === "") ? "ended" : "unfit";
      return placed(place, say(held.told[which], { found: short(text), expected: listed(expected) }));
    };

    const missing = (tokens) => {
      const declared = new Set();
      for (const [at, one] of tokens.entries()) {
        if (one.kind !== "PREFIXED") continue;
        const prefix = one.text.slice(0, one.text.indexOf(":"));
        if (at && tokens[at - 1].kind === "PREFIX") declared.add(one.text);
        else if (!declared.has(`${prefix}:`)) {
          const others = [...declared].map((name) => name.replace(/:+$/, "")).sort();
          const same = others.find((name) => name.toLowerCase() === prefix.toLowerCase());
          const usual = [prefix, prefix.toLowerCase()].find((name) => Object.hasOwn(held.prefixes, name));
          const line = `PREFIX ${prefix}: <${held.prefixes[usual]}>`;
          const which = same !== undefined ? "capitals" : usual !== undefined ? "known" : "unknown";
          return placed(one.at, say(held.told[which], { prefix, same, line }));
        }
      }
      return null;
    };

    const tokens = tokenised(query);
    const found = unfit(tokens);
    const undeclared = found ? told(tokens, found) : missing(tokens);
    if (undeclared) return undeclared;
    const against = contradiction(tokens);
    return against && placed(against[0].at, say(held.told[against[1]], against[2]));
  };

  window.ogpExplain = explain;
})();
