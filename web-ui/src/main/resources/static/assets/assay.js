// Conveniences on top of pages that work without them.
(() => {
  // On a phone the places go on beyond the edge: the one where one is comes into sight.
  const places = document.querySelector(".places");
  const here = places?.querySelector("[aria-current]");
  if (here && places.scrollWidth > places.clientWidth) places.scrollLeft = here.offsetLeft - (places.clientWidth - here.offsetWidth) / 2;

  // A key presses the link that names it: <a data-key="j">; several stand apart by spaces.
  addEventListener("keydown", (event) => {
    if (event.metaKey || event.altKey || event.defaultPrevented) return;
    const name = (event.ctrlKey ? "Control+" : "") + (event.key === " " ? "Space" : event.key);
    // Ticks take no letters, only arrows.
    const ticks = "[type=radio], [type=checkbox]";
    if (!event.ctrlKey) {
      if (event.target.closest(`input:not(${ticks}), select, textarea, [contenteditable]`)) return;
      if (event.target.closest(ticks) && /^Arrow| /.test(event.key)) return;
    }
    if (name === "Space" && event.target.closest("button, summary, a")) return;
    if (name === "Space" && document.getElementById("viewer")) {
      event.preventDefault();
      play();
      return;
    }
    if (/^[-+=]$/.test(name) && faster(name === "-" ? -1 : 1)) return;
    const help = document.querySelector("details.keys");
    if (help && (name === "?" || (name === "Escape" && help.open))) {
      help.open = !help.open;
      return;
    }
    const link = document.querySelector(`[data-key~="${CSS.escape(name)}"]`);
    if (link) {
      event.preventDefault();
      // Held down, a key would say the same of what comes next, unseen.
      if (event.repeat && !name.startsWith("Arrow")) return;
      stop();
      link.click();
    }
  });

  // Plays the strip's frames from the one shown, and once more from the first. Whoever wants no motion goes on by one.
  let playing = false;
  let timer = 0;
  let due = 0;
  const speed = () => document.querySelector("[data-speed]");
  const told = (is) => document.querySelector("button[data-play]")?.setAttribute("aria-pressed", String(is));
  const stop = () => {
    clearTimeout(timer);
    playing = false;
    told(false);
  };
  const step = () => {
    const next = document.querySelector('.strip [data-key~="ArrowRight"]') ?? document.querySelector(".strip a");
    next?.click();
  };
  const on = () => {
    due = performance.now() + 250 / Number(speed()?.value ?? 1);
    step();
  };
  const play = () => {
    if (playing) return stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return step();
    playing = true;
    told(true);
    on();
  };
  // The next frame waits for the one before: a link pressed before htmx knows it would load the page anew.
  addEventListener("htmx:afterSettle", (event) => {
    if (playing && event.target.id === "viewer") timer = setTimeout(on, Math.max(0, due - performance.now()));
  });
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) addEventListener(failure, stop);
  const faster = (by) => {
    const choice = speed();
    const to = choice ? choice.selectedIndex + by : -1;
    if (to < 0 || to >= choice.options.length) return Boolean(choice);
    choice.selectedIndex = to;
    return true;
  };
  addEventListener("DOMContentLoaded", () => {
    for (const one of document.querySelectorAll("[data-play]")) one.hidden = false;
    document.querySelector("button[data-play]")?.addEventListener("click", play);
  });

  // The frame that is shown stays in sight in a long strip.
  const settle = () => {
    const strip = document.querySelector(".strip");
    const shown = strip?.querySelector("[aria-current]");
    if (shown) strip.scrollLeft = shown.offsetLeft - (strip.clientWidth - shown.clientWidth) / 2;
  };
  addEventListener("DOMContentLoaded", settle);

  // On a phone the places stand in one row: where one is stays in sight.
  addEventListener("DOMContentLoaded", () => {
    const here = document.querySelector(".places [aria-current]");
    if (here) here.parentElement.scrollLeft = here.offsetLeft - (here.parentElement.clientWidth - here.clientWidth) / 2;
  });

  // Whoever reads in UTC is offered the zone of their own machine.
  addEventListener("DOMContentLoaded", () => {
    const zone = document.querySelector("[data-zone]");
    if (zone?.value === "UTC") zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  });
  addEventListener("htmx:afterSettle", settle);

  // How one looks at a page, its zone and the orders of its tables, goes on with its filters, its ranges and what it loads anew.
  const looks = () => {
    const here = new URLSearchParams(location.search);
    return ["zone", "sorts"].flatMap((name) => here.getAll(name).map((value) => [name, value]));
  };
  const carry = () => {
    const kept = looks();
    if (!kept.length) return;
    for (const link of document.querySelectorAll("main a[href]:not([download])")) {
      const to = new URL(link.href);
      if (to.host !== location.host || to.pathname !== location.pathname || link.getAttribute("href").startsWith("#")) continue;
      for (const [name] of kept) to.searchParams.delete(name);
      for (const [name, value] of kept) to.searchParams.append(name, value);
      link.setAttribute("href", to.pathname + to.search.replaceAll("%3A", ":") + to.hash);
    }
    for (const form of document.querySelectorAll("main form[method=get]")) {
      // Not form.action: a form that has a field of that name gives the field.
      if (new URL(form.getAttribute("action") ?? "", location.href).pathname !== location.pathname) continue;
      for (const old of form.querySelectorAll("[data-kept]")) old.remove();
      for (const [name, value] of kept) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name, value });
        field.dataset.kept = "";
        form.append(field);
      }
    }
  };
  addEventListener("DOMContentLoaded", carry);
  addEventListener("htmx:afterSettle", carry);
  addEventListener("assay:address", carry);
  addEventListener("htmx:configRequest", ({ detail }) => {
    const zone = new URLSearchParams(location.search).get("zone");
    if (zone && detail.verb === "get") detail.parameters.zone = zone;
  });
})();
