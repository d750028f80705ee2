package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Overload.Parameter;
import io.assay.assertion.rule.Overload.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All functions and operators that expressions may use, by name; read from {@code functions.txt}.
 */
public final class FunctionCatalogue {
  private static final Pattern LINE =
      Pattern.compile("(\\.?)(\\S+?)\\(([^)]*)\\) (\\S+) = (\\S+)(?: : (.*))?");
  private static final Pattern OF_CEL =
      Pattern.compile(
          "_(?:[-+*/%]|[<>]=?|[=!]=|in|\\[_])_?|[-!]_|size|contains|startsWith|endsWith|matches|u?int"
              + "|double|string|bytes|bool|timestamp|duration|dyn|type|get[A-Z][A-Za-z]+");

  /** Operations on CEL's own types that CEL has not. */
  private static final Pattern ADDED =
      Pattern.compile(
          "(?:multiply|divide)_.*duration.*|negate_duration|.*(?:length|rect|vector|cuboid).*");

  private static final Type STRINGS = new Type.ListOf(Basic.STRING);
  private static final FunctionCatalogue BUILT_IN = read();
  private static final FunctionCatalogue CEL = BUILT_IN.ofCel();

  private final Map<String, List<Overload>> byName;

  private FunctionCatalogue(List<Overload> overloads) {
    this.byName =
        overloads.stream()
            .collect(
                Collectors.groupingBy(
                    Overload::function, LinkedHashMap::new, Collectors.toUnmodifiableList()));
  }

  public static FunctionCatalogue builtIn() {
    return BUILT_IN;
  }

  /** The functions that a language has. */
  static FunctionCatalogue of(Dialect dialect) {
    return dialect == Dialect.CEL ? CEL : installed();
  }

  /** The built-in functions, and those of extensions. */
  public static FunctionCatalogue installed() {
    return ExtensionOverloads.installed().catalogue();
  }

  /** Why functions of extensions could not be taken, one sentence each. */
  public static List<String> problems() {
    return ExtensionOverloads.installed().problems();
  }

  FunctionCatalogue and(List<Overload> more) {
    return new FunctionCatalogue(Stream.concat(all().stream(), more.stream()).toList());
  }

  private FunctionCatalogue ofCel() {
    return new FunctionCatalogue(
        all().stream()
            .filter(overload -> OF_CEL.matcher(overload.function()).matches())
            .filter(overload -> !ADDED.matcher(overload.id()).matches())
            .toList());
  }

  /** The overloads of a name in the order in which they are tried; none where it is unknown. */
  public List<Overload> named(String function) {
    return byName.getOrDefault(function, List.of());
  }

  /** The names that a rule may write as a call. */
  public Set<String> names() {
    return byName.keySet().stream()
        .filter(name -> Character.isLetter(name.charAt(0)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Every overload: what the evaluator must know, and the reference lists. */
  public List<Overload> all() {
    return byName.values().stream().flatMap(List::stream).toList();
  }

  private static FunctionCatalogue read() {
    try (InputStream in =
        Objects.requireNonNull(
            FunctionCatalogue.class.getResourceAsStream("functions.txt"),
            "functions.txt is missing beside its class")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new FunctionCatalogue(
          text.lines()
              .filter(line -> !line.isBlank() && !line.startsWith("# "))
              .map(FunctionCatalogue::overload)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("functions.txt could not be read", e);
    }
  }

  static Overload overload(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalStateException("functions.txt: not a signature: " + line);
    }
    List<Parameter> parameters = new ArrayList<>();
    Arrays.stream(parts.group(3).split(",", -1))
        .map(word -> parameter(word.strip()))
        .forEach(parameters::add);
    String meaning = parts.group(6);
    return new Overload(
        parts.group(2),
        parts.group(5),
        !parts.group(1).isEmpty(),
        parameters,
        result(parts.group(4)),
        meaning == null ? "" : meaning);
  }

  private static Parameter parameter(String word) {
    return switch (word) {
      case "any" -> new Parameter.Anything();
      case "list" -> new Parameter.AnyList();
      case "map" -> new Parameter.AnyMap();
      case "vector" -> new Parameter.AnyVector();
      case "numbers" -> new Parameter.Numbers();
      case "ordered" -> new Parameter.Ordered();
      case "shares" -> new Parameter.Shares();
      case "strings" -> new Parameter.Exactly(STRINGS);
      case "lengths" -> new Parameter.Exactly(new Type.ListOf(Basic.LENGTH));
      case "durations" -> new Parameter.Exactly(new Type.ListOf(Basic.DURATION));
      default -> new Parameter.Exactly(basic(word));
    };
  }

  private static Result result(String word) {
    return switch (word) {
      case "same" -> new Result.Same();
      case "element", "value" -> new Result.Element();
      case "vector" -> new Result.Always(new Type.Vector(2));
      case "strings" -> new Result.Always(STRINGS);
      default -> new Result.Always(basic(word));
    };
  }

  private static Basic basic(String word) {
    return Basic.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
