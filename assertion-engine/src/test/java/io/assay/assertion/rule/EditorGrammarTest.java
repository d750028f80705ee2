package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The editors' grammar knows the words that the lexer knows, and its patterns can be read. */
class EditorGrammarTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("assay.root", ".."), "docs", "editors", "vscode");
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern WORD_LIST = Pattern.compile("\\\\b\\(\\?:([a-z_|0-9]+)\\)\\\\b");

  static Stream<String> patterns() throws IOException {
    return values("syntaxes/assay.tmLanguage.json", Set.of("match", "begin", "end")).stream();
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void patternsCanBeRead(String pattern) {
    // An end may speak of a group of its beginning.
    String alone = pattern.startsWith("\\1") ? "(x)" + pattern : pattern;
    assertThatCode(() -> Pattern.compile(alone)).doesNotThrowAnyException();
  }

  @Test
  void wordsAreThoseOfTheLexer() throws IOException {
    var listed = new ArrayList<String>();
    for (String pattern : patterns().toList()) {
      Matcher list = WORD_LIST.matcher(pattern);
      if (list.matches()) {
        listed.addAll(List.of(list.group(1).split("\\|")));
      }
    }
    assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(words());
  }

  /** The web interface's editor has its words in lists of its own. */
  @Test
  void theWebsEditorKnowsTheSameWords() throws IOException {
    String mode =
        Files.readString(
            FOLDER.resolve("../../../web-ui/src/main/resources/static/assets/editor-mode.js"));
    String lists = mode.substring(mode.indexOf("const words"), mode.indexOf("};"));
    var listed = new ArrayList<String>();
    Matcher list = Pattern.compile("\"([a-z ]+)\"(?!:)").matcher(lists);
    while (list.find()) {
      listed.addAll(List.of(list.group(1).strip().split(" ")));
    }
    assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(words());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "constant.numeric.percent.assay | 5% for | 5%",
        "constant.numeric.hex.assay | 0x7F | 0x7F",
        "constant.numeric.assay | 1.5e-3 | 1.5e-3",
        "keyword.operator.assay | a .. b | ..",
        "constant.language.assay | x == true | true",
        "keyword.other.assay | identity b.track | identity",
        "support.type.assay | score ratio | ratio",
        "comment.line.number-sign.assay | a # b | # b"
      })
  void scopesFitTheirText(String scope, String text, String part) throws IOException {
    String json = Files.readString(FOLDER.resolve("syntaxes/assay.tmLanguage.json"));
    Matcher entry =
        Pattern.compile(
                "\"name\": \""
                    + Pattern.quote(scope)
                    + "\",\\s*\"match\": (\"(?:\\\\.|[^\"\\\\])*\")")
            .matcher(json);
    assertThat(entry.find()).isTrue();
    Matcher match = Pattern.compile(text(entry.group(1))).matcher(text);
    assertThat(match.find()).isTrue();
    assertThat(match.group()).isEqualTo(part);
  }

  @Test
  void theExtensionNamesItsFiles() throws IOException {
    for (String path : values("package.json", Set.of("path", "configuration"))) {
      assertThat(FOLDER.resolve(path)).isRegularFile();
    }
    assertThat(values("language-configuration.json", Set.of("lineComment"))).containsExactly("#");
  }

  private static Set<String> words() {
    var words = new TreeSet<>(TypeNames.ALL);
    for (int type = 1; type <= AssayLexer.VOCABULARY.getMaxTokenType(); type++) {
      String literal = AssayLexer.VOCABULARY.getLiteralName(type);
      if (literal != null && Character.isLetter(literal.charAt(1))) {
        words.add(literal.substring(1, literal.length() - 1));
      }
    }
    return words;
  }

  private static String text(String json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      return parser.getString();
    }
  }

  /** The texts under some names, anywhere in a file. */
  private static List<String> values(String file, Set<String> names) throws IOException {
    var values = new ArrayList<String>();
    try (JsonParser parser =
        JSON.createParser(ObjectReadContext.empty(), Files.readString(FOLDER.resolve(file)))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String name = parser.currentName();
        if (token == JsonToken.VALUE_STRING && name != null && names.contains(name)) {
          values.add(parser.getString());
        }
      }
    }
    return values;
  }
}
