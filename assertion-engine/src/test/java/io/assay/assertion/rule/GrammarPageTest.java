package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The grammar's page is the grammar: made from the ANTLR files, its words spelt out. Run with
 * {@code -Dassay.golden=write} to write it anew.
 */
class GrammarPageTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final Path GRAMMARS =
      ROOT.resolve("assertion-engine/src/main/antlr4/io/assay/assertion/rule");
  private static final Path PAGE = ROOT.resolve("docs/language/grammar.md");

  /** {@code WORD : 'word' ;} */
  private static final Pattern WORD =
      Pattern.compile("^([A-Z_]+) : ('(?:[^'\\\\]|\\\\.)+'(?: \\| '\\w+')*) ;", Pattern.MULTILINE);

  private static final Pattern SECTION = Pattern.compile("// ---- ([^\n]*?) ----\n");

  private static final String INTRODUCTION =
      """
      # Grammar

      Made from the ANTLR files that the parser is made from. `'word'` stands for itself, `?` may be left out, `*` is any number, `+` one or more, `|` is a choice. Newlines are white space; `#` and `//` begin a comment.

      ## What the words are made of

      | word | form |
      |---|---|
      | `IDENT` | a letter or `_`, then letters, digits, `_` |
      | `QUOTED_IDENT` | a name in back-quotes, which may be a word of the language: `` `key` `` |
      | `INT` | digits, or `0x` and hexadecimal digits |
      | `UINT` | an `INT` with `u` behind it |
      | `DOUBLE` | `1.5`, `.5`, `1e3`, `1.5e-3` |
      | `PERCENT_LITERAL` | a number and `%`, unless the very next character starts an operand |
      | `QUANTITY` | a number and a unit without space between: `500ms`, `40metres`, `8px` ([units](units.md)) |
      | `STRING` | CEL's: `"…"`, `'…'`, `\"""…\"""`, `'''…'''`, with `r` before it raw |
      | `BYTES` | a `STRING` with `b` before it |

      The rules below say what is *read*. What goes together and what types are needed, the [checker](checking.md) says.
      """;

  @Test
  void thePageIsTheGrammar() throws IOException {
    String page = INTRODUCTION + sections();
    if (System.getProperty("assay.golden", "").equals("write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/language/grammar.md; -Dassay.golden=write makes it anew")
        .isEqualTo(page);
  }

  private static String sections() throws IOException {
    String grammar = Files.readString(GRAMMARS.resolve("AssayParser.g4"));
    grammar = grammar.substring(grammar.indexOf("file :"));
    Map<String, String> words = words();
    String[] parts = SECTION.split("// ---- files ----\n" + grammar);
    var titles =
        SECTION
            .matcher("// ---- files ----\n" + grammar)
            .results()
            .map(section -> section.group(1))
            .toList();
    var page = new StringBuilder();
    for (int i = 0; i < titles.size(); i++) {
      page.append("\n## ").append(capital(titles.get(i))).append("\n\n```text\n");
      page.append(rules(parts[i + 1], words)).append("\n```\n");
    }
    return page.toString();
  }

  private static String capital(String title) {
    return Character.toUpperCase(title.charAt(0)) + title.substring(1);
  }

  private static Map<String, String> words() throws IOException {
    return WORD.matcher(Files.readString(GRAMMARS.resolve("AssayLexer.g4")))
        .results()
        .collect(
            Collectors.toMap(
                word -> word.group(1), word -> word.group(2), (a, b) -> a, TreeMap::new));
  }

  private static String rules(String text, Map<String, String> words) {
    String rules =
        text.replaceAll("[ \t]+# \\w+", "")
            .replaceAll("//[^\n]*\n", "")
            .replaceAll("(?m)^(\\w+)\\s*:\\s*(?=\\S)", "$1 ::= ")
            .replaceAll("\\s*;(?=\\s*(\n|$))", "")
            .replaceAll("(?m)[ \t]+$", "");
    return replaced(rules, name -> words.getOrDefault(name, name)).strip();
  }

  private static String replaced(String rules, Function<String, String> word) {
    return Pattern.compile("\\b[A-Z][A-Z_]+\\b")
        .matcher(rules)
        .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(word.apply(found.group())));
  }
}
