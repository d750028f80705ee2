// Conveniences on top of pages that work without them.
(() => {
  // A key presses the link that names it: <a data-key="j">.
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Ticks take no letters, only arrows.
    const ticks = "[type=radio], [type=checkbox]";
    if (event.target.closest(`input:not(${ticks}), select, textarea, [contenteditable]`)) return;
    if (event.target.closest(ticks) && /^Arrow| /.test(event.key)) return;
    if (event.key === " " && document.getElementById("viewer")) {
      if (event.target.closest("button, summary, a")) return;
      event.preventDefault();
      play();
      return;
    }
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      stop();
      link.click();
    }
  });

  // Plays the strip's frames from the one shown, and once more from the first.
  let playing = 0;
  const stop = () => {
    clearInterval(playing);
    playing = 0;
  };
  const play = () => {
    if (playing) return stop();
    const step = () => {
      const next = document.querySelector('.strip [data-key="ArrowRight"]') ?? document.querySelector(".strip a");
      next?.click();
    };
    step();
    playing = setInterval(step, 250);
  };

  // The frame that is shown stays in sight in a long strip.
  const settle = () => {
    const strip = document.querySelector(".strip");
    const shown = strip?.querySelector("[aria-current]");
    if (shown) strip.scrollLeft = shown.offsetLeft - (strip.clientWidth - shown.clientWidth) / 2;
  };
  addEventListener("DOMContentLoaded", settle);

  // Whoever reads in UTC is offered the zone of their own machine.
  addEventListener("DOMContentLoaded", () => {
    const zone = document.querySelector("[data-zone]");
    if (zone?.value === "UTC") zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  });
  addEventListener("htmx:afterSettle", settle);
})();
