// Turns the field of a rule file into an editor. Without this the field is a field, and its form does all there is to do.
(() => {
  const host = document.querySelector("[data-editor]");
  if (!host || !window.ace) return;
  const area = host.querySelector("textarea");
  const form = area.form;
  const texts = host.dataset;
  const part = (name) => document.querySelector(`[data-part=${name}]`);

  ace.config.set("useStrictCSP", true);
  const box = document.createElement("div");
  area.before(box);
  const editor = ace.edit(box, {
    mode: "ace/mode/assay",
    theme: "ace/theme/assay",
    value: area.value,
    tabSize: 2,
    useSoftTabs: true,
    minLines: 14,
    maxLines: 34,
    showPrintMargin: false,
    fontSize: "0.8rem",
    fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
    enableKeyboardAccessibility: true,
    textInputAriaLabel: texts.label,
    scrollPastEnd: 0,
  });
  const session = editor.session;
  area.hidden = true;
  host.classList.add("alive");
  document.querySelectorAll("[data-alive]").forEach((one) => (one.hidden = false));
  const keep = () => (area.value = editor.getValue());
  form.addEventListener("submit", keep);

  // What the field asks of the server: the file as it stands, beside all others in force.
  const ask = async (what, more = {}, signal = undefined) => {
    const file = form.elements.file.value.trim() || "new.assay";
    const answer = await fetch(`${texts.ask}/${what}`, {
      method: "POST",
      signal,
      headers: { "Content-Type": "application/json", "X-CSRF-TOKEN": form.elements._csrf.value },
      body: JSON.stringify({ file, text: editor.getValue(), ...more }),
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.detail ?? answer.statusText);
    return body;
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // Mistakes: underlined in the text, marked beside its lines, and listed below with their carets.
  let markers = [];
  const here = () => form.elements.file.value.trim() || "new.assay";
  const rangeOf = (issue) => {
    const start = session.doc.indexToPosition(issue.start);
    const end = session.doc.indexToPosition(Math.max(issue.end, issue.start + 1));
    const Range = ace.require("ace/range").Range;
    return new Range(start.row, start.column, end.row, end.column);
  };
  const mark = (issues) => {
    markers.forEach((id) => session.removeMarker(id));
    const own = issues.filter((one) => one.file === here());
    markers = own.map((one) => session.addMarker(rangeOf(one), `mistake ${one.severity}`, "text", false));
    session.setAnnotations(own.map((one) => {
      const { row, column } = session.doc.indexToPosition(one.start);
      return { row, column, type: one.severity === "error" ? "error" : "warning", text: one.message };
    }));
  };
  const jump = (row, column) => {
    editor.gotoLine(row, column, false);
    editor.focus();
  };
  const listed = (issue) => {
    const line = element("li", issue.severity);
    const own = issue.file === here();
    const where = element(own ? "button" : "span", "where", `${own ? "" : `${issue.file}:`}${issue.line}:${issue.column}`);
    if (own) {
      where.type = "button";
      where.addEventListener("click", () => jump(issue.line, rangeOf(issue).start.column));
    }
    line.append(where, element("b", "", issue.severity), element("span", "message", issue.message), element("code", "hint", issue.code));
    const caret = issue.told.split("\n").slice(1).filter((text) => text.startsWith("  ") && !text.startsWith("  = "));
    if (caret.length > 0) line.append(element("pre", "", caret.map((text) => text.slice(2)).join("\n")));
    if (issue.suggestion) line.append(element("p", "", issue.suggestion));
    return line;
  };
  const counted = (issues) => {
    const errors = issues.filter((one) => one.severity === "error").length;
    const odd = issues.length - errors;
    if (issues.length === 0) return texts.good;
    return [errors && texts.errors.replace("#", errors), odd && texts.warnings.replace("#", odd)].filter(Boolean).join(", ");
  };
  const show = (issues) => {
    mark(issues);
    part("problems").replaceChildren(...issues.slice(0, 50).map(listed));
    part("state").textContent = counted(issues);
    part("state").classList.toggle("ill", issues.some((one) => one.severity === "error"));
  };
  const trouble = (failure) => {
    if (failure.name === "AbortError") return;
    part("state").textContent = failure.message;
    part("state").classList.add("ill");
  };

  let waiting = 0;
  let last = new AbortController();
  const check = async () => {
    last.abort();
    last = new AbortController();
    try {
      show((await ask("check", {}, last.signal)).issues);
    } catch (failure) {
      trouble(failure);
    }
  };
  const changed = () => {
    keep();
    clearTimeout(waiting);
    waiting = setTimeout(check, 300);
  };
  editor.on("change", changed);
  form.elements.file.addEventListener("change", changed);
  check();
  if (texts.end) editor.gotoLine(session.getLength(), 0, false);

  // The one layout; the caret stays in its line.
  const format = async () => {
    try {
      const laid = await ask("format");
      if (laid.issues.length > 0) return show(laid.issues);
      if (laid.text === editor.getValue()) return;
      const at = editor.getCursorPosition();
      const Range = ace.require("ace/range").Range;
      session.doc.replace(new Range(0, 0, session.getLength(), 0), laid.text);
      editor.moveCursorToPosition(at);
      editor.clearSelection();
    } catch (failure) {
      trouble(failure);
    }
  };

  // The file's tests, told in place.
  const outcome = (test) => {
    const line = element("li", test.outcome);
    const where = element("button", "where", `${test.line}`);
    where.type = "button";
    where.addEventListener("click", () => jump(test.line, 0));
    line.append(where, element("b", "", texts[test.outcome]), element("span", "message", `${test.assertion} “${test.title}”`));
    if (test.reason) line.append(element("p", "", test.reason));
    test.differences.forEach((one) => {
      line.append(element("pre", "", `${texts.expected} ${one.expected}\n${texts.came} ${one.came}`));
    });
    return line;
  };
  const test = async () => {
    const said = part("tested");
    said.textContent = texts.running;
    try {
      const told = await ask("test");
      part("tests").replaceChildren(...told.tests.map(outcome));
      said.textContent = told.mistakes > 0 ? texts.mistakes
        : told.tests.length === 0 ? texts.none
        : `${told.passed} ${texts.passed}, ${told.failed} ${texts.failed}${told.pending > 0 ? `, ${told.pending} ${texts.pending}` : ""}`;
      said.classList.toggle("ill", told.failed > 0 || told.mistakes > 0);
    } catch (failure) {
      said.textContent = failure.message;
    }
  };
  part("format")?.addEventListener("click", format);
  part("test")?.addEventListener("click", test);
  editor.commands.addCommand({ name: "layOut", bindKey: { win: "Ctrl-Alt-F", mac: "Command-Alt-F" }, exec: format });

  document.dispatchEvent(new CustomEvent("assay:editor", { detail: { editor, ask, element, texts } }));
})();
