package io.assay.assertion.assist;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.AssayLexer;
import io.assay.assertion.rule.AssayParser;
import io.assay.assertion.rule.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers what an editor asks of a place in a rule file: what could be written there, and what the
 * word there means. Pure, and works on texts with mistakes.
 *
 * <p>Longer than others: what a place can hold and what a word there means are looked up by the
 * same tokens and names.
 */
public final class RuleAssistant {
  private static final Set<String> MODES = Set.of("draft", "shadow", "active");
  private static final Set<String> LEVELS = Set.of("info", "warning", "critical");
  private static final List<String> RECEIVERS =
      List.of("alertmanager", "webhook", "slack", "email");
  private static final List<String> TYPES =
      List.of(
          "bool",
          "int",
          "double",
          "string",
          "ratio",
          "duration",
          "timestamp(millis)",
          "length",
          "rect",
          "cuboid",
          "enum(\"\")",
          "vector(2)",
          "list { }",
          "map<string, double>",
          "dyn");

  private final List<SourceFile> files;
  private final Schemas schemas;

  /** {@code files}: all of the rule set, as they stand now. */
  public RuleAssistant(List<SourceFile> files) {
    this.files = List.copyOf(files);
    this.schemas = Schemas.of(files);
  }

  private String text(String file) {
    return files.stream()
        .filter(one -> one.name().equals(file))
        .map(SourceFile::text)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no file '" + file + "'"));
  }

  /** Where the word begins that ends at a place: what is proposed there takes its place. */
  public static int begin(String text, int offset) {
    return Caret.at(text, offset).start();
  }

  /**
   * What may stand at a place, whatever was begun of it there: those that do not begin so are among
   * them.
   *
   * @param offset in UTF-16 units from 0
   */
  public List<Proposal> proposals(String file, int offset) {
    Caret caret = Caret.at(text(file), offset);
    var around = new Surroundings(caret.before(), schemas);
    if (caret.within() != Caret.Within.RULES) {
      return caret.within() == Caret.Within.TEXT ? inQuotes(caret, around) : List.of();
    }
    if (caret.last() == AssayLexer.DOT) {
      return around
          .path(caret.before().size() - 2)
          .map(type -> members(type, around))
          .orElse(List.of());
    }
    Expected.Answer expected = caret.expected();
    List<Proposal> found = new ArrayList<>();
    if (expected.takes(AssayParser.RULE_primary)) {
      operands(around, caret, found);
    }
    names(expected, caret, around, found);
    if (expected.takes(AssayParser.RULE_type)) {
      TYPES.forEach(type -> found.add(new Proposal(type, Proposal.Kind.TYPE, "type", "")));
    }
    keywords(expected, found);
    return found.stream().distinct().toList();
  }

  /** In a sentence's braces there are operands, behind {@code ==} the values of an enum. */
  private List<Proposal> inQuotes(Caret caret, Surroundings around) {
    List<Proposal> found = new ArrayList<>();
    String line = caret.text().substring(0, caret.start());
    String quoted = line.substring(Math.max(0, line.lastIndexOf('"')));
    if (quoted.lastIndexOf('{') > quoted.lastIndexOf('}')) {
      String inside = quoted.substring(quoted.lastIndexOf('{') + 1);
      if (inside.endsWith(".")) {
        String path = inside.substring(0, inside.length() - 1).strip();
        return pathOf(path, around).map(type -> members(type, around)).orElse(List.of());
      }
      operands(around, caret, found);
    } else {
      around.values().forEach(v -> found.add(new Proposal(v, Proposal.Kind.VALUE, "value", "")));
    }
    return found;
  }

  private static Optional<Type> pathOf(String path, Surroundings around) {
    String[] steps = path.split("\\.");
    Optional<Type> type = around.named(steps[0]);
    for (int i = 1; i < steps.length; i++) {
      String step = steps[i];
      type =
          type.filter(StructType.class::isInstance)
              .flatMap(of -> ((StructType) of).field(step))
              .map(StructType.Field::type);
    }
    return type;
  }

  private List<Proposal> members(Type type, Surroundings around) {
    List<Proposal> found = new ArrayList<>();
    if (type instanceof StructType struct) {
      struct.fields().stream()
          .filter(field -> !field.name().startsWith("$"))
          .forEach(field -> found.add(field(field, around)));
    }
    found.addAll(Functions.on(type));
    return found;
  }

  private Proposal field(StructType.Field field, Surroundings around) {
    String optional = field.optional() ? ", may be missing" : "";
    return new Proposal(
        field.name(),
        Proposal.Kind.FIELD,
        TypeWords.of(field.type()) + optional,
        around.stream().flatMap(stream -> schemas.note(stream.name(), field.name())).orElse(""));
  }

  private void operands(Surroundings around, Caret caret, List<Proposal> found) {
    around
        .values()
        .forEach(v -> found.add(new Proposal('"' + v + '"', Proposal.Kind.VALUE, "value", "")));
    around
        .locals()
        .forEach(
            (name, type) ->
                found.add(new Proposal(name, Proposal.Kind.LOCAL, TypeWords.of(type), "")));
    around.stream().map(one -> one.root().fields()).orElse(List.of()).stream()
        .filter(
            field -> !field.name().startsWith("$") && !around.locals().containsKey(field.name()))
        .forEach(field -> found.add(field(field, around)));
    params(found);
    boolean windows =
        caret.before().stream()
            .map(org.antlr.v4.runtime.Token::getType)
            .anyMatch(type -> type == AssayLexer.WINDOW || type == AssayLexer.FOR);
    found.addAll(Functions.alone(windows));
  }

  private void params(List<Proposal> found) {
    schemas
        .named(AssayLexer.PARAM)
        .forEach(name -> found.add(new Proposal(name, Proposal.Kind.PARAM, "parameter", "")));
  }

  /** What a name must be is said by the rule that asks for it, or the word before. */
  private void names(
      Expected.Answer expected, Caret caret, Surroundings around, List<Proposal> found) {
    int name = AssayParser.RULE_name;
    if (caret.last() == AssayLexer.ON || expected.takes(name, AssayParser.RULE_joinClause)) {
      streams(found);
    }
    if (caret.last() == AssayLexer.ON) {
      found.add(new Proposal("labels", Proposal.Kind.STREAM, "what people labelled", ""));
    }
    if (expected.takes(name, AssayParser.RULE_givenItem)) {
      streams(found);
    }
    if (expected.takes(name, AssayParser.RULE_whenClause)
        || expected.takes(name, AssayParser.RULE_testDecl)) {
      all(AssayLexer.ASSERTION, Proposal.Kind.ASSERTION, "assertion", found);
    }
    if (expected.takes(name, AssayParser.RULE_alertClause) && caret.last() != AssayLexer.PER) {
      all(AssayLexer.ROUTE, Proposal.Kind.ROUTE, "route", found);
    }
    if (expected.takes(name, AssayParser.RULE_modelDecl) && caret.last() != AssayLexer.MODEL) {
      all(AssayLexer.EMBEDDINGS, Proposal.Kind.STREAM, "embeddings", found);
    }
    if (expected.takes(name, AssayParser.RULE_modeClause)) {
      values(MODES.stream().sorted().toList(), "mode", found);
    }
    if (expected.takes(name, AssayParser.RULE_levelClause)) {
      values(LEVELS.stream().sorted().toList(), "level", found);
    }
    if (expected.takes(name, AssayParser.RULE_routeTarget)) {
      values(RECEIVERS, "receiver", found);
    }
    if (expected.takes(name, AssayParser.RULE_alertCondition)) {
      values(List.of("event", "element", "identity", "window"), "unit", found);
    }
    if (expected.takes(name, AssayParser.RULE_sampleClause)) {
      values(List.of("bandit", "random", "severest", "uncertainty"), "strategy", found);
    }
    if (expected.takes(name, AssayParser.RULE_amount)) {
      params(found);
    }
    if (expected.takes(AssayParser.RULE_givenName)
        || expected.takes(name, AssayParser.RULE_byClause)) {
      around.stream().map(one -> one.root().fields()).orElse(List.of()).stream()
          .filter(field -> !field.name().startsWith("$"))
          .forEach(field -> found.add(field(field, around)));
    }
  }

  private void streams(List<Proposal> found) {
    schemas
        .streams()
        .forEach(
            (name, stream) ->
                found.add(
                    new Proposal(
                        name,
                        Proposal.Kind.STREAM,
                        "stream of " + stream.topic(),
                        TypeWords.of(stream.root()))));
  }

  private void all(int word, Proposal.Kind kind, String detail, List<Proposal> found) {
    schemas.named(word).forEach(name -> found.add(new Proposal(name, kind, detail, "")));
  }

  private static void values(List<String> values, String detail, List<Proposal> found) {
    values.forEach(one -> found.add(new Proposal(one, Proposal.Kind.VALUE, detail, "")));
  }

  private static void keywords(Expected.Answer expected, List<Proposal> found) {
    for (Expected.Word word : expected.words()) {
      String text = word.text();
      if (text.isEmpty() || !Character.isLetter(text.charAt(0))) {
        continue;
      }
      String whole =
          switch (word.type()) {
            case AssayLexer.LESS -> "less than";
            case AssayLexer.AT -> at(word.rule());
            case AssayLexer.AS -> "as of";
            case AssayLexer.GROUP -> "group by";
            case AssayLexer.STRATIFY -> "stratify by";
            default -> text;
          };
      found.add(new Proposal(whole, Proposal.Kind.KEYWORD, "", WordNotes.of(text)));
    }
  }

  private static String at(int rule) {
    return switch (rule) {
      case AssayParser.RULE_presentInClause,
          AssayParser.RULE_windowClause,
          AssayParser.RULE_leastClause ->
          "at least";
      case AssayParser.RULE_expectItem -> "at";
      default -> "at most";
    };
  }

  /**
   * What the word at a place means; empty where it means nothing that is known.
   *
   * @param offset in UTF-16 units from 0
   */
  public Optional<Explained> explain(String file, int offset) {
    Caret caret = Caret.at(text(file), offset);
    String word = caret.word();
    if (word.isEmpty() || Character.isDigit(word.charAt(0))) {
      return Optional.empty();
    }
    var around = new Surroundings(caret.before(), schemas);
    int end = caret.start() + word.length();
    boolean called = caret.text().startsWith("(", end);
    Optional<Proposal> meant =
        caret.last() == AssayLexer.DOT
            ? around
                .path(caret.before().size() - 2)
                .flatMap(type -> named(members(type, around), word))
            : alone(caret, around, word, called);
    return meant.map(one -> new Explained(caret.start(), end, title(one), one.about()));
  }

  private static String title(Proposal one) {
    String space = one.kind() == Proposal.Kind.FUNCTION || one.detail().isEmpty() ? "" : "  ";
    return one.text() + space + one.detail();
  }

  private static Optional<Proposal> named(List<Proposal> all, String word) {
    return all.stream().filter(one -> one.text().equals(word)).findFirst();
  }

  private Optional<Proposal> alone(Caret caret, Surroundings around, String word, boolean called) {
    if (caret.within() == Caret.Within.COMMENT
        || (caret.within() == Caret.Within.TEXT && !isInBraces(caret))) {
      return Optional.empty();
    }
    List<Proposal> known = new ArrayList<>();
    boolean begins =
        caret.before().isEmpty()
            || caret.text().substring(0, caret.start()).endsWith("\n")
            || caret.text().substring(lineStart(caret), caret.start()).isBlank();
    if (begins && !WordNotes.of(word).isEmpty()) {
      return Optional.of(new Proposal(word, Proposal.Kind.KEYWORD, "", WordNotes.of(word)));
    }
    if (called) {
      known.addAll(Functions.alone(true));
    }
    operands(around, caret, known);
    streams(known);
    all(AssayLexer.ASSERTION, Proposal.Kind.ASSERTION, "assertion", known);
    all(AssayLexer.ROUTE, Proposal.Kind.ROUTE, "route", known);
    return named(known, word)
        .or(
            () ->
                Optional.of(WordNotes.of(word))
                    .filter(note -> !note.isEmpty())
                    .map(note -> new Proposal(word, Proposal.Kind.KEYWORD, "", note)));
  }

  private static int lineStart(Caret caret) {
    return caret.text().lastIndexOf('\n', Math.max(0, caret.start() - 1)) + 1;
  }

  private static boolean isInBraces(Caret caret) {
    String line = caret.text().substring(lineStart(caret), caret.start());
    return line.lastIndexOf('{') > line.lastIndexOf('}') && line.contains("\"");
  }
}
