// Proposals where the caret is, and what a word means: both from the server, which knows the streams.
document.addEventListener("assay:editor", ({ detail: { editor, ask, element, texts } }) => {
  const session = editor.session;
  const offset = (position) => session.doc.positionToIndex(position);

  const explained = ({ title, about }) => {
    const shown = element("div", "explained");
    shown.append(element("b", "", title));
    if (about) shown.append(element("p", "", about));
    return shown;
  };

  const shown = { keyword: 3, value: 6, field: 5, local: 5, stream: 5, assertion: 5, route: 5, param: 4, function: 2, type: 2 };
  const completer = {
    id: "assay",
    identifierRegexps: [/[A-Za-z0-9_]/],
    triggerCharacters: ["."],
    getCompletions: async (_editor, _session, position, prefix, tell) => {
      try {
        const { proposals } = await ask("complete", { offset: offset(position) });
        tell(null, proposals.map((one) => ({
          caption: one.text,
          value: one.text,
          meta: one.kind === "keyword" ? "" : one.detail.length > 44 ? `${one.detail.slice(0, 43)}…` : one.detail,
          score: (shown[one.kind] ?? 1) * 1000,
          one,
        })));
      } catch {
        tell(null, []);
      }
    },
    getDocTooltip: (item) => {
      if (item.one && (item.one.about || item.one.detail) && !item.docHTML) {
        const made = explained({ title: `${item.one.text} ${item.one.detail}`, about: item.one.about });
        item.docHTML = made.outerHTML;
      }
      return item;
    },
  };
  editor.completers = [completer];
  editor.setOptions({ enableBasicAutocompletion: [completer], enableLiveAutocompletion: !editor.getReadOnly(), liveAutocompletionDelay: 150, liveAutocompletionThreshold: 1 });

  // The list is for the editor's keys: its own field takes no focus.
  new MutationObserver(() => {
    document.querySelectorAll(".ace_autocomplete textarea").forEach((field) => field.setAttribute("tabindex", "-1"));
  }).observe(document.body, { childList: true });

  // By the pointer, and by F1 where the caret is.
  const { HoverTooltip } = ace.require("ace/tooltip");
  const Range = ace.require("ace/range").Range;
  const hover = new HoverTooltip();
  const explain = async (position, event) => {
    const told = (await ask("explain", { offset: offset(position) })).explained;
    if (!told) return hover.hide();
    const from = session.doc.indexToPosition(told.start);
    const to = session.doc.indexToPosition(told.end);
    hover.showForRange(editor, new Range(from.row, from.column, to.row, to.column), explained(told), event);
  };
  hover.setDataProvider((event) => {
    const position = event.getDocumentPosition();
    const mistake = session.getAnnotations().some((one) => one.row === position.row && one.column === position.column);
    if (!mistake) explain(position, event).catch(() => hover.hide());
  });
  hover.addToEditor(editor);
  editor.commands.addCommand({
    name: "explain",
    bindKey: { win: "F1", mac: "F1" },
    exec: () => explain(editor.getCursorPosition()).then(() => {
      const said = document.querySelector("[data-part=explained]");
      if (said) said.textContent = hover.isOpen ? hover.getElement().textContent : texts.unknown;
    }),
  });
});
