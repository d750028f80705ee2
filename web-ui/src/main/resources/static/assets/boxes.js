// Boxes of the frame that is shown, drawn by a reviewer: dragged, or by keys, or by numbers. What is drawn is written
// into the form's text as JSON by event id, which stays the one truth, and which works without any of this.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const HANDLES = { nw: [0, 0], n: [0.5, 0], ne: [1, 0], e: [1, 0.5], se: [1, 1], s: [0.5, 1], sw: [0, 1], w: [0, 0.5] };
  const text = () => document.querySelector("textarea[name=edited]");
  const bar = () => document.querySelector(".drawing");
  const place = () => document.querySelector("[data-edit-event]");
  let on = false;
  let chosen = -1;

  const read = () => {
    try {
      const all = JSON.parse(text().value.trim() || "{}");
      return all && typeof all === "object" && !Array.isArray(all) ? all : null;
    } catch {
      return null;
    }
  };

  // The event's fields as they stand now: as typed or proposed, else as judged.
  const fields = () => {
    const of = place();
    const all = of && read();
    if (!all) return null;
    return all[of.dataset.editEvent] ?? JSON.parse(of.dataset.fields);
  };

  const elements = (of) => {
    const list = of?.[place().dataset.list];
    return Array.isArray(list) ? list : [];
  };

  const area = (element) => {
    const value = element?.[place().dataset.area];
    return Array.isArray(value) && value.length === 4 ? value : null;
  };

  const write = (of) => {
    const all = read();
    if (!all) return;
    all[place().dataset.editEvent] = of;
    text().value = JSON.stringify(all, null, 2);
    const edited = document.querySelector("[name=correction][value=edited]");
    if (edited) edited.checked = true;
    draw();
  };

  const change = (index, box) => {
    const of = fields();
    const { width, height } = place().dataset;
    const w = Math.min(Math.max(1, box[2]), Number(width));
    const h = Math.min(Math.max(1, box[3]), Number(height));
    const x = Math.min(Math.max(0, box[0]), Number(width) - w);
    const y = Math.min(Math.max(0, box[1]), Number(height) - h);
    elements(of)[index][place().dataset.area] = [x, y, w, h].map((value) => Math.round(value * 10) / 10);
    write(of);
  };

  const add = () => {
    const of = fields();
    if (!of) return;
    const { list, area: name, width, height } = place().dataset;
    const gone = document.querySelector(".stage .box.last-known rect") ?? document.querySelector(".stage .box.subject rect");
    const like = structuredClone(elements(of)[Math.max(0, chosen)] ?? {});
    like[name] = gone
      ? ["x", "y", "width", "height"].map((side) => Number(gone.getAttribute(side)))
      : [width * 0.45, height * 0.4, width * 0.1, height * 0.2].map(Math.round);
    of[list] = [...elements(of), like];
    chosen = of[list].length - 1;
    write(of);
    focus();
  };

  const remove = () => {
    const of = fields();
    if (!of || chosen < 0) return;
    elements(of).splice(chosen, 1);
    chosen = Math.min(chosen, elements(of).length - 1);
    write(of);
    focus();
  };

  const focus = () => document.querySelector(".editor .chosen rect.area")?.focus();

  const make = (name, values, within) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
    within.append(made);
    return made;
  };

  const called = (element, box) =>
    [element.label ?? "", ...Object.values(element).filter((value) => typeof value === "string" && value !== element.label), box.join(" ")].filter(Boolean).join(" ");

  const draw = () => {
    const stage = place()?.closest(".stage");
    const held = document.activeElement?.closest?.(".editor") !== null && document.activeElement?.closest?.(".editor") !== undefined;
    document.querySelector(".editor")?.remove();
    stage?.classList.toggle("editing", on);
    const toggle = document.querySelector("[data-draw=toggle]");
    toggle?.setAttribute("aria-pressed", String(on));
    const set = bar()?.querySelector("fieldset");
    if (set) set.hidden = !on;
    const of = stage && on ? fields() : null;
    const wrong = bar()?.querySelector("[data-draw=wrong]");
    if (wrong) wrong.hidden = !on || of !== null;
    if (!of) return;
    const frame = stage.querySelector(".frame");
    const editor = make("svg", { class: "editor", viewBox: frame.getAttribute("viewBox"), role: "group", "aria-label": bar().dataset.name }, stage);
    const pixel = Number(place().dataset.width) / Math.max(1, frame.clientWidth);
    elements(of).forEach((element, index) => {
      const box = area(element);
      if (!box) return;
      const [x, y, width, height] = box;
      const group = make("g", { class: index === chosen ? "chosen" : "" }, editor);
      make("rect", { class: "area", x, y, width, height, tabindex: 0, role: "button", "aria-pressed": index === chosen, "aria-label": called(element, box), "data-index": index }, group);
      if (index !== chosen) return;
      const size = 11 * pixel;
      const isSmall = Math.min(width, height) < 4 * size;
      for (const [name, [h, v]] of Object.entries(HANDLES)) {
        // A small box has corners alone, beside it, so that it can be held itself.
        if (isSmall && name.length === 1) continue;
        const aside = isSmall ? size / 2 : 0;
        make("rect", { class: `handle ${name}`, x: x + h * width - size / 2 + (h - 0.5) * 2 * aside, y: y + v * height - size / 2 + (v - 0.5) * 2 * aside, width: size, height: size, "data-index": index, "data-handle": name }, group);
      }
    });
    // What is chosen lies on top, so that its handles can be had.
    const top = editor.querySelector(".chosen");
    if (top) editor.append(top);
    numbers(of);
    if (held) focus();
  };

  const numbers = (of) => {
    const box = area(elements(of)[chosen]);
    for (const input of bar().querySelectorAll("[data-side]")) {
      input.disabled = !box;
      if (document.activeElement !== input) input.value = box ? Math.round(box[Number(input.dataset.side)] * 10) / 10 : "";
    }
    const gone = bar().querySelector("[data-draw=remove]");
    if (gone) gone.disabled = !box;
  };

  const at = (event) => {
    const editor = document.querySelector(".editor");
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(editor.getScreenCTM().inverse());
    return [point.x, point.y];
  };

  // From when a box or a handle is held until it is let go; what moves is drawn anew, so the window listens.
  let drag = null;
  addEventListener("pointerdown", (event) => {
    const held = event.target.closest?.(".editor [data-index]");
    if (!held || event.button > 0) return;
    event.preventDefault();
    chosen = Number(held.dataset.index);
    drag = { from: at(event), box: [...area(elements(fields())[chosen])], handle: held.dataset.handle ?? "" };
    draw();
    focus();
  });
  addEventListener("pointermove", (event) => {
    if (!drag || !document.querySelector(".editor")) return;
    const [x, y] = at(event);
    const [dx, dy] = [x - drag.from[0], y - drag.from[1]];
    let [left, top, width, height] = drag.box;
    if (!drag.handle) [left, top] = [left + dx, top + dy];
    if (drag.handle.includes("w")) [left, width] = [Math.min(left + dx, left + width - 1), Math.max(1, width - dx)];
    if (drag.handle.includes("e")) width = Math.max(1, width + dx);
    if (drag.handle.includes("n")) [top, height] = [Math.min(top + dy, top + height - 1), Math.max(1, height - dy)];
    if (drag.handle.includes("s")) height = Math.max(1, height + dy);
    change(chosen, [left, top, width, height]);
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { drag = null; });

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  // Before the keys of the page: within a box arrows move it.
  addEventListener("keydown", (event) => {
    const held = event.target.closest?.(".editor [data-index]");
    if (!held || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = ARROWS[event.key];
    if (by) {
      event.preventDefault();
      event.stopImmediatePropagation();
      chosen = Number(held.dataset.index);
      const [x, y, width, height] = area(elements(fields())[chosen]);
      change(chosen, event.shiftKey ? [x, y, width + by[0], height + by[1]] : [x + by[0], y + by[1], width, height]);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      event.stopImmediatePropagation();
      chosen = Number(held.dataset.index);
      remove();
    } else if (event.key === "Escape") {
      event.stopImmediatePropagation();
      turn(false);
      document.querySelector("[data-draw=toggle]")?.focus();
    }
  }, true);
  addEventListener("focusin", (event) => {
    const held = event.target.closest?.(".editor rect.area");
    if (held && Number(held.dataset.index) !== chosen) {
      chosen = Number(held.dataset.index);
      draw();
      focus();
    }
  });

  const subject = () => {
    const boxes = elements(fields());
    const drawn = document.querySelector(".stage .box.subject rect");
    const found = drawn ? boxes.findIndex((one) => area(one)?.[0] === Number(drawn.getAttribute("x")) && area(one)?.[1] === Number(drawn.getAttribute("y"))) : -1;
    return found >= 0 ? found : boxes.findIndex((one) => area(one));
  };

  const turn = (to) => {
    on = to;
    if (on && chosen < 0 && fields()) chosen = subject();
    draw();
    if (on) focus();
  };

  addEventListener("DOMContentLoaded", () => {
    if (!bar() || !place() || !text()) return;
    bar().hidden = false;
    bar().querySelector("[data-draw=toggle]").addEventListener("click", () => turn(!on));
    bar().querySelector("[data-draw=add]").addEventListener("click", add);
    bar().querySelector("[data-draw=remove]").addEventListener("click", remove);
    text().addEventListener("input", draw);
    for (const input of bar().querySelectorAll("[data-side]")) {
      input.addEventListener("change", () => {
        const box = [...area(elements(fields())[chosen])];
        box[Number(input.dataset.side)] = Number(input.value);
        change(chosen, box);
      });
    }
  });
  // Another frame, other boxes.
  addEventListener("htmx:afterSettle", () => {
    chosen = on && fields() ? subject() : -1;
    draw();
  });
  addEventListener("resize", draw);
})();
