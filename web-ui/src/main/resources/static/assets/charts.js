// Draws what a page has as a table: the table stays, for those who read it.
(() => {
  const root = document.documentElement;
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  // The steps of rates in percent, and their colours: as the table's classes have them.
  const bounds = [0, 0.1, 0.5, 1, 2, 5, 10, 20, 50];
  const drawn = [];

  const common = (host) => ({
    animation: false,
    textStyle: { fontFamily: colour("--tblr-font-sans-serif"), color: colour("--soft") },
    // Drawn, not HTML: the page's policy allows no style in markup.
    tooltip: { renderMode: "richText", confine: true, backgroundColor: colour("--paper"), borderColor: colour("--line"), textStyle: { color: colour("--ink"), fontSize: 12 } },
  });

  // How an axis writes its times: hours of one day alone; else the day too, and that alone where all are midnights.
  const clock = /^\d{4}-\d\d-\d\d \d\d:\d\d/;
  const when = (times) => {
    const all = times.filter((text) => clock.test(text));
    const days = new Set(all.map((text) => text.slice(0, 10)));
    const whole = all.every((text) => text.endsWith(" 00:00"));
    return (text) => (!clock.test(text) ? text : days.size < 2 ? text.slice(11) : whole ? text.slice(5, 10) : `${text.slice(5, 10)}\n${text.slice(11)}`);
  };
  const percent = (value) => `${value === 0 || value >= 1 ? value.toFixed(1) : value.toPrecision(2)} %`;

  const heat = (host, table) => {
    const times = [...table.querySelectorAll("thead th[data-label]")].map((cell) => cell.dataset.label);
    const rows = [...table.tBodies[0].rows];
    const names = rows.map((row) => row.cells[0].textContent);
    const cells = rows.flatMap((row, y) =>
      [...row.cells].slice(1).map((cell, x) => [x, y, cell.dataset.v ? Number(cell.dataset.v) : "-", Number(cell.dataset.n)]));
    const marks = host.dataset.marks ? versions(host, times.length, 200) : { data: [], height: 0 };
    // Rows go downwards, so that a line starts at the top, where there is room for what it says.
    const above = marks.data.map((mark) => ({ ...mark, label: { ...mark.label, position: "start" } }));
    host.style.height = `${Math.max(140, 86 + 22 * names.length) + marks.height}px`;
    const pieces = [{ value: 0, color: colour("--heat-0"), label: "0 %" }];
    bounds.forEach((low, i) => {
      const high = bounds[i + 1] ?? 100;
      pieces.push({ gt: low, lte: high, color: colour(`--heat-${i + 1}`), label: `≤ ${high} %` });
    });
    return {
      ...common(host),
      grid: { left: 8, right: 16, top: 34 + marks.height, bottom: 48, containLabel: true },
      xAxis: { type: "category", data: times, axisLabel: { color: colour("--soft"), formatter: when(times), lineHeight: 15, hideOverlap: true }, axisTick: { show: false }, axisLine: { show: false } },
      yAxis: { type: "category", data: names, inverse: true, axisLabel: { color: colour("--ink"), width: 170, overflow: "truncate", interval: 0 }, axisTick: { show: false }, axisLine: { show: false } },
      visualMap: { type: "piecewise", pieces, dimension: 2, orient: "horizontal", left: "center", bottom: 0, itemWidth: 14, itemHeight: 10, itemGap: 8, textStyle: { color: colour("--soft"), fontSize: 11 } },
      tooltip: { ...common(host).tooltip, formatter: ({ value }) => `${names[value[1]]}\n${times[value[0]]}\n${value[2] === "-" ? host.dataset.none : `${percent(value[2])} ${host.dataset.of} ${value[3].toLocaleString("en")}`}` },
      series: [{ type: "heatmap", markLine: { symbol: "none", silent: true, data: above }, data: cells, itemStyle: { borderColor: colour("--paper"), borderWidth: 1.5, borderRadius: 2 }, emphasis: { itemStyle: { borderColor: colour("--ink"), borderWidth: 1.5 } } }],
    };
  };

  // Labels of marks stand in up to three lanes, so that none lies on another; for those that find no room the
  // list below the chart speaks.
  const LANE = 14;
  const LANES = 3;
  const LETTER = 6.2;
  const shortened = (text) => (text.length > 26 ? `${text.slice(0, 25)}…` : text);
  const side = (step, of) => (step > 0.8 * of ? "right" : step < 0.1 * of ? "left" : "center");
  const placed = (host, marks, of, beside = 90) => {
    const ends = [];
    const laneOf = new Map();
    const room = Math.max(200, (host.closest("figure")?.clientWidth ?? 800) - beside);
    for (const { step, text } of marks.sort((one, other) => one.step - other.step)) {
      const width = LETTER * shortened(text).length;
      const at = (room * (step + 0.5)) / of;
      const left = at - { left: 0, center: width / 2, right: width }[side(step, of)];
      const lane = [...Array(LANES).keys()].find((one) => (ends[one] ?? -1000) + 8 < left);
      if (lane === undefined) continue;
      laneOf.set(step, lane);
      ends[lane] = left + width;
    }
    return { laneOf, lanes: Math.max(1, ends.length) };
  };

  const series = (host, table) => {
    const rows = [...table.tBodies[0].rows];
    const times = rows.map((row) => row.dataset.label);
    const values = (name) => rows.map((row) => (row.dataset[name] ? Number(row.dataset[name]) : null));
    const limit = host.dataset.limit ? Number(host.dataset.limit) : null;
    // What changed in one step has one line.
    const changes = new Map();
    for (const mark of document.querySelectorAll("#marks [data-step]")) {
      const known = changes.get(mark.dataset.step);
      const text = mark.firstElementChild.textContent;
      changes.set(mark.dataset.step, { text: known ? `${known.text}, ${text}` : text, model: mark.classList.contains("model") || known?.model, alert: /firing|resolved/.test(mark.className) || known?.alert });
    }
    const { lanes, laneOf } = placed(host, [...changes].map(([step, { text }]) => ({ step: Number(step), text })), rows.length);
    const marks = [...changes].map(([step, { text, model, alert }]) => ({
      xAxis: Number(step),
      label: { show: laneOf.has(Number(step)), formatter: shortened(text), color: colour("--ink"), fontSize: 11, position: "end", rotate: 0, distance: 4 + LANE * (laneOf.get(Number(step)) ?? 0), align: side(Number(step), rows.length) },
      lineStyle: { color: colour(alert ? "--miss" : model ? "--subject" : "--other"), type: alert ? "solid" : model ? "dashed" : "dotted", width: 2 },
    }));
    host.style.height = `${300 + LANE * (lanes - 1)}px`;
    const rate = values("rate");
    // Where nothing was violated, one percent.
    const top = Math.max(limit === null ? 0 : limit * 1.25, ...rate.map((value) => (value ?? 0) * 1.1)) || 1;
    return {
      ...common(host),
      legend: { left: 8, top: 0, textStyle: { color: colour("--soft") }, itemHeight: 10 },
      grid: { left: 12, right: 16, top: 52 + LANE * (lanes - 1), bottom: 8, containLabel: true },
      tooltip: { ...common(host).tooltip, trigger: "axis", formatter: (points) => [points[0].axisValue, ...points.map((point) => `${point.seriesName}: ${point.value === null || point.value === undefined ? "–" : point.seriesIndex === 0 ? percent(point.value) : point.value.toLocaleString("en")}`)].join("\n") },
      xAxis: { type: "category", data: times, axisLabel: { color: colour("--soft"), formatter: when(times), lineHeight: 15, hideOverlap: true }, axisLine: { lineStyle: { color: colour("--line") } } },
      yAxis: [
        { type: "value", min: 0, max: top, axisLabel: { color: colour("--soft"), formatter: (value) => (value === top ? "" : percent(value)) }, splitLine: { lineStyle: { color: colour("--line") } } },
        { type: "value", min: 0, minInterval: 1, axisLabel: { color: colour("--soft") }, splitLine: { show: false } },
      ],
      series: [
        {
          name: host.dataset.rate, type: "line", data: rate, yAxisIndex: 0, z: 3, symbol: "circle", symbolSize: 4, connectNulls: false, color: colour("--accent"), lineStyle: { width: 2 },
          markLine: { symbol: "none", silent: true, data: [...(limit === null ? [] : [{ yAxis: limit, label: { formatter: host.dataset.limitName, color: colour("--miss"), position: "insideStartTop" }, lineStyle: { color: colour("--miss"), type: "solid", width: 1.5 } }]), ...marks] },
          markArea: { silent: true, itemStyle: { color: colour("--miss"), opacity: 0.1 }, data: limit === null ? [] : [[{ yAxis: limit }, { yAxis: top }]] },
        },
        { name: host.dataset.active, type: "bar", stack: "violations", yAxisIndex: 1, data: values("active"), color: colour("--subject"), itemStyle: { opacity: 0.75 }, barMaxWidth: 18 },
        { name: host.dataset.shadow, type: "bar", stack: "violations", yAxisIndex: 1, data: values("shadow"), color: colour("--other"), itemStyle: { opacity: 0.75 }, barMaxWidth: 18 },
      ],
    };
  };

  const shades = () => ["--accent", "--subject", "--other", "--miss", "--uneasy"].map(colour);
  const symbols = ["circle", "rect", "triangle", "diamond", "pin", "arrow"];

  // Where a version of the model appeared, as a list below the chart has it.
  const versions = (host, of, beside) => {
    const texts = new Map();
    for (const mark of document.querySelectorAll(`#${host.dataset.marks} [data-step]`)) {
      const known = texts.get(mark.dataset.step);
      const text = mark.firstElementChild.textContent;
      texts.set(mark.dataset.step, known ? `${known}, ${text}` : text);
    }
    const { lanes, laneOf } = placed(host, [...texts].map(([step, text]) => ({ step: Number(step), text })), of, beside);
    const data = [...texts].map(([at, text]) => {
      const step = Number(at);
      return {
        xAxis: step,
        label: { show: laneOf.has(step), formatter: shortened(text), color: colour("--ink"), fontSize: 11, position: "end", rotate: 0, distance: 4 + LANE * (laneOf.get(step) ?? 0), align: side(step, of) },
        lineStyle: { color: colour("--subject"), type: "dashed", width: 2 },
      };
    });
    return { data, height: data.length ? LANE * lanes : 0 };
  };

  // A line each column; told apart by form, too. Estimates are hollow.
  const lines = (host, table) => {
    const rows = [...table.tBodies[0].rows];
    const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
    const limit = host.dataset.limit ? Number(host.dataset.limit) : null;
    // A limit that no value has come near is shown all the same: how far off it is matters.
    const beyond = (isBeyond) => limit === null ? undefined
      : (seen) => isBeyond(seen) ? Number((limit + (limit > seen.max ? 0.1 : -0.1) * Math.abs(limit)).toPrecision(2)) : null;
    const marks = host.dataset.marks ? versions(host, rows.length) : { data: [], height: 0 };
    host.style.height = `${320 + marks.height}px`;
    const number = (value) => (value === null || value === undefined ? "–" : Number(value).toPrecision(3));
    return {
      ...common(host),
      color: shades(),
      legend: { left: 8, right: 60, top: 0, type: "scroll", textStyle: { color: colour("--soft") }, itemHeight: 9 },
      grid: { left: 12, right: 24, top: 44 + marks.height, bottom: 8, containLabel: true },
      tooltip: { ...common(host).tooltip, trigger: "axis", formatter: (points) => [points[0].axisValue, ...points.map((point) => `${point.seriesName}: ${number(point.data?.value)}${point.data?.open ? ` (${host.dataset.estimate})` : ""}`)].join("\n") },
      xAxis: { type: "category", data: rows.map((row) => row.dataset.label), axisLabel: { color: colour("--soft"), formatter: when(rows.map((row) => row.dataset.label)), lineHeight: 15, hideOverlap: true }, axisLine: { lineStyle: { color: colour("--line") } } },
      yAxis: { type: "value", scale: !("zero" in host.dataset), min: beyond((seen) => limit < seen.min), max: beyond((seen) => limit > seen.max), axisLabel: { color: colour("--soft") }, splitLine: { lineStyle: { color: colour("--line") } } },
      series: names.map((name, i) => ({
        name, type: "line", connectNulls: false, symbol: symbols[i % symbols.length], symbolSize: 7, lineStyle: { width: 1.75 },
        data: rows.map((row) => {
          const cell = row.cells[i + 1];
          if (!cell.dataset.v) return { value: null };
          const open = Boolean(cell.dataset.open);
          return { value: Number(cell.dataset.v), open, itemStyle: open ? { color: colour("--paper"), borderColor: shades()[i % 5], borderWidth: 1.5 } : undefined };
        }),
        markLine: i > 0 ? undefined : { symbol: "none", silent: true, data: [...(limit === null ? [] : [{ yAxis: limit, label: { formatter: host.dataset.limitName, color: colour("--miss"), position: "insideEndTop" }, lineStyle: { color: colour("--miss"), type: "dashed", width: 1.5 } }]), ...marks.data] },
      })),
    };
  };

  // Shares before and now, side by side.
  const bars = (host, table) => {
    const rows = [...table.tBodies[0].rows];
    host.style.height = "280px";
    const shares = (name) => rows.map((row) => 100 * Number(row.dataset[name]));
    const bar = (name, shade, extra) => ({ name: host.dataset[name], type: "bar", data: shares(name), color: colour(shade), barGap: "10%", ...extra });
    return {
      ...common(host),
      legend: { left: 8, top: 0, textStyle: { color: colour("--soft") }, itemHeight: 9 },
      grid: { left: 12, right: 16, top: 40, bottom: 8, containLabel: true },
      tooltip: { ...common(host).tooltip, trigger: "axis", valueFormatter: (value) => percent(value) },
      xAxis: { type: "category", data: rows.map((row) => row.dataset.label), axisLabel: { color: colour("--soft"), rotate: rows.length > 5 ? 45 : 0, interval: 0, fontSize: 11 }, axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--line") } } },
      yAxis: { type: "value", axisLabel: { color: colour("--soft"), formatter: (value) => `${value} %` }, splitLine: { lineStyle: { color: colour("--line") } } },
      series: [bar("before", "--other", { itemStyle: { opacity: 0.55 } }), bar("now", "--accent", {})],
    };
  };

  // Violations by time, of a draft and of the rules in force.
  const firings = (host, table) => {
    const rows = [...table.tBodies[0].rows];
    const bar = (name, label, color) => ({ name: label, type: "bar", data: rows.map((row) => Number(row.dataset[name])), color, barMaxWidth: 14 });
    host.style.height = "240px";
    return {
      ...common(host),
      legend: { left: 8, top: 0, textStyle: { color: colour("--soft") }, itemHeight: 10 },
      grid: { left: 12, right: 16, top: 40, bottom: 8, containLabel: true },
      tooltip: { ...common(host).tooltip, trigger: "axis" },
      xAxis: { type: "category", data: rows.map((row) => row.dataset.label), axisLabel: { color: colour("--soft"), formatter: when(rows.map((row) => row.dataset.label)), lineHeight: 15, hideOverlap: true }, axisLine: { lineStyle: { color: colour("--line") } } },
      yAxis: { type: "value", min: 0, minInterval: 1, axisLabel: { color: colour("--soft") }, splitLine: { lineStyle: { color: colour("--line") } } },
      series: [bar("draft", host.dataset.draft, colour("--subject")), bar("inforce", host.dataset.inforce, colour("--other"))],
    };
  };

  // By threshold: what is found as bars, and what people said of it as lines in percent.
  const sweep = (host, table) => {
    const rows = [...table.tBodies[0].rows];
    const values = (name) => rows.map((row) => (row.dataset[name] ? Number(row.dataset[name]) : null));
    const bar = (name, color) => ({ name: host.dataset[name], type: "bar", data: values(name), color, barMaxWidth: 18, itemStyle: { opacity: 0.75 } });
    const line = (name, color, symbol, more) => ({ name: host.dataset[name], type: "line", yAxisIndex: 1, data: values(name), color, symbol, symbolSize: 7, connectNulls: true, lineStyle: { width: 2, ...more } });
    const active = Number(host.dataset.active);
    host.style.height = "320px";
    return {
      ...common(host),
      legend: { left: 8, top: 0, textStyle: { color: colour("--soft") }, itemHeight: 10 },
      grid: { left: 12, right: 16, top: 52, bottom: 8, containLabel: true },
      tooltip: { ...common(host).tooltip, trigger: "axis", formatter: (points) => [points[0].axisValue, ...points.map((point) => `${point.seriesName}: ${point.value === null || point.value === undefined ? "–" : point.seriesType === "line" ? `${point.value} %` : point.value.toLocaleString("en")}`)].join("\n") },
      xAxis: { type: "category", data: rows.map((row) => row.dataset.label), axisLabel: { color: colour("--soft"), hideOverlap: true }, axisLine: { lineStyle: { color: colour("--line") } } },
      yAxis: [
        { type: "value", min: 0, minInterval: 1, axisLabel: { color: colour("--soft") }, splitLine: { lineStyle: { color: colour("--line") } } },
        { type: "value", min: 0, max: 100, axisLabel: { color: colour("--soft"), formatter: "{value} %" }, splitLine: { show: false } },
      ],
      series: [
        { ...bar("violations", colour("--other")), markLine: active < 0 ? undefined : { symbol: "none", silent: true, data: [{ xAxis: active }], label: { formatter: host.dataset.activeName, color: colour("--ink"), fontSize: 11 }, lineStyle: { color: colour("--ink"), type: "dashed", width: 1.5 } } },
        bar("episodes", colour("--subject")),
        line("precision", colour("--accent"), "circle", {}),
        line("found", colour("--miss"), "triangle", { type: "dashed" }),
      ],
    };
  };

  const kinds = { heat, series, lines, bars, firings, sweep };
  const draw = () => {
    // What htmx has replaced goes: a page that looks again each second would keep them all.
    for (const gone of drawn.filter((chart) => !chart.getDom().isConnected)) {
      drawn.splice(drawn.indexOf(gone), 1);
      gone.dispose();
    }
    for (const host of document.querySelectorAll("[data-plot]")) {
      const table = document.getElementById(host.dataset.from);
      if (!table || !window.echarts) continue;
      host.hidden = false;
      const option = kinds[host.dataset.plot](host, table);
      const chart = echarts.getInstanceByDom(host) ?? echarts.init(host);
      chart.setOption(option, true);
      chart.resize();
      if (!drawn.includes(chart)) drawn.push(chart);
      const figure = host.closest("figure");
      figure?.classList.add("drawn");
      if (figure && !figure.dataset.folded) {
        figure.dataset.folded = "once";
        figure.querySelector("details.as-table")?.removeAttribute("open");
      }
    }
  };
  addEventListener("DOMContentLoaded", draw);
  addEventListener("htmx:afterSettle", draw);
  addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
  new MutationObserver(draw).observe(root, { attributes: true, attributeFilter: ["data-bs-theme"] });
})();
