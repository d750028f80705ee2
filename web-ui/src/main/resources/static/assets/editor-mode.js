// How the editor colours rules. A test holds these words against the language's own.
ace.define("ace/mode/assay", ["require", "exports", "module"], (require, exports) => {
  const oop = require("ace/lib/oop");
  const TextMode = require("ace/mode/text").Mode;
  const { TextHighlightRules } = require("ace/mode/text_highlight_rules");

  const words = {
    "constant.language": "true false null",
    "storage.type": "assertion embeddings language model param route stream test",
    "support.type": "bool int uint double string bytes ratio rect cuboid duration dyn timestamp length enum vector list map",
    "keyword.operator": "in",
    "keyword.control":
      "key id time media size features slice calibration truth serving impute lateness item version each where identity " +
      "absent present returns transitions consistent change let expect for silence join match unmatched ignore by window " +
      "compare when severity level explain mode owner tags runbook correct sample alert to group repeat given seen",
    "keyword.other":
      "from topic reads requests responses within every last events event alike private tolerance on coasting less than " +
      "through at most least per across windows tumbling hopping session as of old any one over insert remove set merge " +
      "into with keep stratify around rate day breached open violated previous violation violations undecided corrected " +
      "without",
  };

  const Rules = function () {
    const named = this.createKeywordMapper(
      Object.fromEntries(Object.entries(words).map(([token, list]) => [token, list.replaceAll(" ", "|")])), "identifier");
    const text = (quote) => [
      { token: "constant.character.escape", regex: /\\.|\{\{|\}\}/ },
      { token: "string.interpolated", regex: /\{[^{}"]*\}/ },
      { token: "string", regex: quote.length === 3 ? quote : `${quote}|$`, next: "start" },
      { defaultToken: "string" },
    ];
    this.$rules = {
      start: [
        { token: "comment", regex: /(?:#|\/\/).*$/ },
        { token: "string", regex: /(?:\b[bB])?[rR]?"""/, next: "long" },
        { token: "string", regex: /(?:\b[bB])?[rR]?'''/, next: "long2" },
        { token: "string", regex: /(?:\b[bB])?[rR]?"/, next: "double" },
        { token: "string", regex: /(?:\b[bB])?[rR]?'/, next: "single" },
        { token: "variable", regex: /`[A-Za-z0-9_.\-/ ]+`/ },
        { token: "constant.numeric", regex: /\b0[xX][0-9a-fA-F]+[uU]?\b/ },
        { token: "constant.numeric", regex: /(?:\b[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?:%|[A-Za-z_][A-Za-z0-9_]*)?/ },
        { token: ["punctuation", "identifier"], regex: /(\.)([A-Za-z_]\w*)(?!\w*\()/ },
        { token: "support.type", regex: /(?:timestamp|length|enum|vector)(?=\()/ },
        { token: "support.function", regex: /[A-Za-z_]\w*(?=\()/ },
        { token: named, regex: /[A-Za-z_]\w*/ },
        { token: "keyword.operator", regex: /\.\.|==|!=|<=|>=|&&|\|\||[-+*\/%<>!=?:]/ },
        { token: "paren.lparen", regex: /[([{]/ },
        { token: "paren.rparen", regex: /[)\]}]/ },
      ],
      double: text('"'),
      single: text("'"),
      long: text('"""'),
      long2: text("'''"),
    };
  };
  oop.inherits(Rules, TextHighlightRules);

  const Mode = function () {
    this.HighlightRules = Rules;
    this.$behaviour = this.$defaultBehaviour;
  };
  oop.inherits(Mode, TextMode);
  (function () {
    this.lineCommentStart = "#";
    this.$id = "ace/mode/assay";
    this.getNextLineIndent = (state, line, tab) => line.match(/^\s*/)[0] + (/[{(\[]\s*$/.test(line) ? tab : "");
    this.checkOutdent = (state, line, input) => /^\s*$/.test(line) && /^\s*\}/.test(input);
    this.autoOutdent = (state, doc, row) => {
      const open = doc.findMatchingBracket({ row, column: doc.getLine(row).indexOf("}") + 1 });
      if (!open) return;
      const Range = require("ace/range").Range;
      doc.replace(new Range(row, 0, row, doc.getLine(row).match(/^\s*/)[0].length), doc.getLine(open.row).match(/^\s*/)[0]);
    };
  }).call(Mode.prototype);
  exports.Mode = Mode;
});

// One theme for light and dark: its colours are the page's own.
ace.define("ace/theme/assay", ["require", "exports", "module"], (require, exports) => {
  exports.isDark = false;
  exports.cssClass = "ace-assay";
  exports.cssText = "";
});
