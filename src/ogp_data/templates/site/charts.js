// Draws a figure as PNG on a click, and says under which address another page can show it. Without it there are the
// CSV and the SVG, and the address where one is declared.
(() => {
  "use strict";
  const SCALE = 3;
  const DRAWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "paint-order", "font-family", "font-size",
    "font-weight", "text-anchor", "white-space", "direction"];

  // A picture of its own knows nothing of the page's styles, so each element takes its own along.
  const alone = (svg) => {
    const copy = svg.cloneNode(true);
    const copies = copy.querySelectorAll("*");
    svg.querySelectorAll("*").forEach((element, index) => {
      const style = getComputedStyle(element);
      for (const name of DRAWN) copies[index].style.setProperty(name, style.getPropertyValue(name));
    });
    const { width, height } = svg.viewBox.baseVal;
    copy.setAttribute("width", width * SCALE);
    copy.setAttribute("height", height * SCALE);
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  };

  const wrapped = (context, text, width) => {
    const lines = [""];
    const fits = (words) => context.measureText(words).width <= width;
    for (const word of text.trim().split(/\s+/)) {
      const longer = `${lines[lines.length - 1]} ${word}`.trim();
      if (fits(longer)) lines[lines.length - 1] = longer;
      else lines.push(word);
      // A word that is wider than the picture goes on below.
      for (let last = lines.length - 1; !fits(lines[last]) && [...lines[last]].length > 1; last += 1) {
        const letters = [...lines[last]];
        let most = letters.length - 1;
        while (most > 1 && !fits(letters.slice(0, most).join(""))) most -= 1;
        lines.splice(last, 1, letters.slice(0, most).join(""), letters.slice(most).join(""));
      }
    }
    return lines.filter(Boolean);
  };

  const paper = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/^(transparent|rgba\(.*, 0\))$/.test(colour)) return colour;
    }
    return "white";
  };

  const draw = (figure, image) => {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    const { fontFamily, color, direction } = getComputedStyle(figure);
    const [edge, line] = [12 * SCALE, 17 * SCALE];
    const said = [...figure.querySelectorAll("figcaption > *, .signs > p")].map((one) => one.textContent);
    const source = figure.dataset.source || document.title;
    const letters = (index) => `${index ? "" : "bold "}${12 * SCALE}px ${fontFamily}`;
    const parts = [...said, source].map((text, index) => {
      context.font = letters(index);
      return wrapped(context, text, image.width).map((words) => [words, index]);
    });
    const [foot, head] = [parts.pop(), parts.flat()];
    canvas.width = image.width + 2 * edge;
    canvas.height = image.height + line * (head.length + foot.length + 1) + 2 * edge;
    context.fillStyle = paper(figure);
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = color;
    context.textBaseline = "top";
    let y = edge;
    const write = ([words, index]) => {
      context.font = letters(index);
      context.direction = direction;
      context.fillText(words, direction === "rtl" ? canvas.width - edge : edge, y);
      y += line;
    };
    head.forEach(write);
    context.drawImage(image, edge, y + line / 2);
    y += image.height + line;
    foot.forEach(write);
    return canvas;
  };

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  for (const figure of document.querySelectorAll(".chart")) {
    const [svg, png, embed] = [".drawing", "[data-png]", "[data-embed]"].map((name) => figure.querySelector(name));
    if (svg && png) {
      png.hidden = false;
      png.querySelector("button").addEventListener("click", async () => {
        const image = new Image();
        image.src = alone(svg);
        await image.decode();
        draw(figure, image).toBlob((blob) => save(blob, png.dataset.png));
      });
    }
    if (embed && embed.hidden && location.protocol.startsWith("http")) {
      const code = embed.querySelector("code");
      const address = new URL(embed.dataset.embed, location.href).href;
      code.textContent = code.textContent.replace(/src="[^"]*"/, () => `src="${address}"`);
      embed.previousElementSibling.hidden = true;
      embed.hidden = false;
    }
  }

  // On a phone a figure is a screen or two of its own: it opens on a touch, or for who comes to it by its address. Not
  // every browser opens by itself what an address leads into.
  const open = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = place && place.closest("details.fold");
    if (fold && !fold.open) {
      fold.open = true;
      place.scrollIntoView();
    }
  };
  if (matchMedia("(max-width: 40rem)").matches) {
    for (const fold of document.querySelectorAll("details.fold")) fold.open = false;
  }
  open();
  addEventListener("hashchange", open);
})();
