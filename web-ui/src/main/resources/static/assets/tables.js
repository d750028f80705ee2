// Sorts whole tables (data-sorts) by their headers, and takes tables and charts (data-plot, data-drawn) out as CSV and PNG.
(() => {
  const words = document.currentScript.dataset;
  const scales = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, "µs": 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86400, day: 86400, days: 86400 };

  const tidy = (text) => text.replace(/\s+/g, " ").trim();
  const shown = (cell) => cell.dataset.v ?? cell.querySelector("time[datetime]")?.getAttribute("datetime") ?? tidy((cell.querySelector("summary") ?? cell).textContent);

  // A number with what it is of, such as "2,495", "15.0 µs" and "24.0 GB"; none for any other text.
  const number = (text) => {
    const found = /^([-+−]?)((?:\d[\d,]*)(?:\.\d+)?(?:e[-+]?\d+)?)\s*(\S*)/i.exec(text);
    if (!found) return null;
    const size = Number(found[2].replaceAll(",", "")) * (scales[found[3]] ?? 1);
    return found[1] && found[1] !== "+" ? -size : size;
  };

  const byText = new Intl.Collator("en", { numeric: true });
  // What is not known stands last, whichever way one sorts.
  const order = (numeric, down) => ([a], [b]) => {
    const none = (value) => (numeric ? number(value) === null : value === "" || value === "–");
    if (none(a) || none(b)) return Number(none(a)) - Number(none(b));
    return (down ? -1 : 1) * (numeric ? number(a) - number(b) : byText.compare(a, b));
  };

  // Orders are in the address, so that they are sent along with it: sorts=TABLE:COLUMN:desc, once for each table. A table goes
  // by its id, its card's, or its title, but for figures in that; of several of one name the second is NAME-2.
  const slug = (text) => tidy(text).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const titled = (table) => table.previousElementSibling?.matches(".card-head") ? table.previousElementSibling : table.closest(".card")?.querySelector(":scope > .card-head");
  const names = () => {
    const times = new Map();
    return new Map([...document.querySelectorAll("table[data-sorts]")].map((table) => {
      const name = table.id || table.closest(".card[id]")?.id || slug((titled(table)?.querySelector("h2, h3")?.textContent ?? "").replace(/[\d.,]+/g, " ")) || "table";
      times.set(name, (times.get(name) ?? 0) + 1);
      return [table, times.get(name) > 1 ? `${name}-${times.get(name)}` : name];
    }));
  };
  const asked = (name) => new URLSearchParams(location.search).getAll("sorts").find((one) => one.startsWith(`${name}:`))?.slice(name.length + 1).split(":");
  const column = (cell) => slug(cell.textContent) || String(cell.cellIndex);
  const keep = (table, cell, down) => {
    const name = names().get(table);
    const address = new URL(location);
    const others = address.searchParams.getAll("sorts").filter((one) => !one.startsWith(`${name}:`));
    address.searchParams.delete("sorts");
    for (const one of [...others, `${name}:${column(cell)}:${down ? "desc" : "asc"}`]) address.searchParams.append("sorts", one);
    address.search = address.search.replaceAll("%3A", ":");
    history.replaceState(history.state, "", address);
    dispatchEvent(new Event("assay:address"));
  };

  const press = (table, cell) => {
    // The first press shows what is greatest of numbers, and the first of texts.
    const was = cell.getAttribute("aria-sort");
    const down = was ? was === "ascending" : cell.classList.contains("number");
    sort(table, cell.cellIndex, down);
    keep(table, cell, down);
  };

  const sort = (table, column, down) => {
    const head = table.tHead.rows[0].cells;
    const numeric = head[column].classList.contains("number");
    for (const cell of head) cell.removeAttribute("aria-sort");
    head[column].setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows].map((row) => [shown(row.cells[column]), row]);
    table.tBodies[0].append(...rows.sort(order(numeric, down)).map(([, row]) => row));
  };

  const button = (text, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
  };

  // As the server's CsvText: no spreadsheet takes a text for a formula.
  const guarded = (text) => (/^[=+\-@\t\r\n]/.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text);
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  // A column without a name has buttons and no values.
  const named = (table) => (table.tHead ? [...table.tHead.rows[0].cells].map((cell) => tidy(cell.textContent) !== "") : []);
  const csv = (table, kept = named(table)) =>
    [...table.rows].map((row) => [...row.cells].filter((cell, column) => kept[column] ?? true).map((cell) => quoted(guarded(cell.dataset.label ?? shown(cell)))).join(",") + "\r\n").join("");

  const save = (name, address) => {
    const link = document.createElement("a");
    link.href = address;
    link.download = name.replace(/[^\p{L}\p{N}._-]+/gu, "-");
    link.click();
  };
  const saveBlob = (name, blob) => {
    const address = URL.createObjectURL(blob);
    save(name, address);
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  const saveCsv = (name, table) => saveBlob(`${name}.csv`, new Blob([csv(table)], { type: "text/csv" }));
  const theme = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const savePng = (host) =>
    save(`${host.dataset.title}.png`, echarts.getInstanceByDom(host).getDataURL({ type: "png", pixelRatio: 2, backgroundColor: theme("--paper") }));

  // What the page's style makes of a drawing goes into it, as attributes: alone it has no style sheet.
  const looks = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linejoin", "opacity", "vector-effect", "font-size", "font-family", "text-anchor"];
  const alone = (svg, { width, height }) => {
    const copy = svg.cloneNode(true);
    const parts = [copy, ...copy.querySelectorAll("*")];
    [svg, ...svg.querySelectorAll("*")].forEach((part, at) => {
      const style = getComputedStyle(part);
      for (const name of looks) if (style.getPropertyValue(name)) parts[at].setAttribute(name, style.getPropertyValue(name));
      parts[at].removeAttribute("class");
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  };

  // Texts around and between the drawings: names of lanes, ends of axes.
  const writings = function* (host) {
    const walk = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = tidy(walk.currentNode.data);
      const around = document.createRange();
      around.selectNodeContents(walk.currentNode);
      const place = around.getBoundingClientRect();
      if (text && place.width && !walk.currentNode.parentElement.closest("svg, .exports, details, h2")) yield [text, place, getComputedStyle(walk.currentNode.parentElement)];
    }
  };

  // A chart that the server drew, as it stands on the page, with its title above it.
  const saveDrawn = async (host) => {
    const whole = host.getBoundingClientRect();
    const below = host.querySelector(".exports")?.getBoundingClientRect().height ?? 0;
    const [side, top] = [16, 44];
    const canvas = document.createElement("canvas");
    canvas.width = 2 * (whole.width + 2 * side);
    canvas.height = 2 * (whole.height - below + top + side);
    const pen = canvas.getContext("2d");
    pen.scale(2, 2);
    pen.fillStyle = theme("--paper");
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.textBaseline = "middle";
    const write = (text, x, y, style, weight) => {
      pen.font = `${weight} ${style.fontSize} ${style.fontFamily}`;
      pen.fillStyle = style.color;
      pen.fillText(text, x, y);
    };
    write(host.dataset.title, side, top / 2, getComputedStyle(document.body), 650);
    for (const svg of host.querySelectorAll("svg")) {
      const place = svg.getBoundingClientRect();
      const image = new Image();
      image.src = alone(svg, place);
      await image.decode();
      pen.drawImage(image, place.x - whole.x + side, place.y - whole.y + top, place.width, place.height);
    }
    for (const [text, place, style] of writings(host)) write(text, place.x - whole.x + side, place.y - whole.y + top + place.height / 2, style, style.fontWeight);
    canvas.toBlob((blob) => saveBlob(`${host.dataset.title}.png`, blob), "image/png");
  };

  const drawing = (host) => {
    const table = document.getElementById(host.dataset.from);
    if (!table || host.querySelector(".exports") || host.nextElementSibling?.matches(".exports")) return;
    const line = document.createElement("p");
    line.className = "exports";
    line.append(button(words.png, () => saveDrawn(host)), button(words.csv, () => saveCsv(table.dataset.title ?? host.dataset.title, table)));
    for (const one of line.children) one.setAttribute("aria-label", `${one.textContent}: ${host.dataset.title}`);
    if (host.matches("figure")) host.append(line);
    else host.after(line);
  };

  const chart = (host) => {
    const table = document.getElementById(host.dataset.from);
    if (host.hidden || !table || host.nextElementSibling?.matches(".exports")) return;
    const line = document.createElement("p");
    line.className = "exports";
    line.append(button(words.png, () => savePng(host)), button(words.csv, () => saveCsv(host.dataset.title, table)));
    host.after(line);
  };

  const whole = (table) => {
    const head = table.tHead?.rows[0];
    const rows = [...(table.tBodies[0]?.rows ?? [])];
    // Where cells span columns, a column is no list of values.
    if (!head || head.querySelector(".sort") || rows.length < 2 || rows.some((row) => row.cells.length !== head.cells.length)) return;
    const heads = [...head.cells].filter((cell) => tidy(cell.textContent) && !cell.querySelector("a"));
    for (const cell of heads) {
      const sorts = button(tidy(cell.textContent), () => press(table, cell));
      sorts.className = "sort";
      cell.replaceChildren(sorts);
    }
    const [by, way] = asked(names().get(table)) ?? [];
    const wanted = heads.find((cell) => column(cell) === by);
    if (wanted) sort(table, wanted.cellIndex, way === "desc");
    // Its card's, where that has no other table to take out.
    const card = table.closest(".card");
    const title = table.previousElementSibling?.matches(".card-head") ? table.previousElementSibling
      : card?.querySelectorAll("table[data-sorts]").length === 1 ? card.querySelector(":scope > .card-head") : null;
    if (title && !title.querySelector("[download], .export")) {
      const exports = button(words.csv, () => saveCsv(tidy(title.querySelector("h2, h3")?.textContent ?? document.title), table));
      exports.className = "export";
      title.append(exports);
    }
  };

  // What a person has unfolded stays so when the page is drawn anew.
  const unfolded = new Set();
  addEventListener("toggle", ({ target }) => target.id && target.isConnected && unfolded[target.open ? "add" : "delete"](target.id), true);

  const ready = () => {
    document.querySelectorAll("[data-plot]").forEach(chart);
    document.querySelectorAll("[data-drawn]").forEach(drawing);
    for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
    document.querySelectorAll("table[data-sorts]").forEach(whole);
  };
  // After the charts of this very moment are drawn.
  const soon = () => setTimeout(ready);
  addEventListener("DOMContentLoaded", soon);
  addEventListener("htmx:afterSettle", soon);
})();
