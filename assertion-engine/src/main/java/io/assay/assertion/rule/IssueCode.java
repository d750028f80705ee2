package io.assay.assertion.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that can be said about a rule text. A code keeps its meaning for ever. */
public enum IssueCode {
  UNEXPECTED("A0101", "The text does not follow the grammar at this place."),
  UNCLOSED_STRING("A0102", "A string begins here and is not closed on its line."),
  STRANGE_CHARACTER("A0103", "This character belongs to no word, number or sign of the language."),
  TOO_DEEP(
      "A0104", "Brackets are nested, or operators chained, deeper than the language reads them."),
  BAD_ESCAPE("A0105", "A backslash in a string begins no escape that the language knows."),
  NUMBER_OUT_OF_RANGE("A0106", "A number is too large or too small for its type."),
  UNCLOSED_BLOCK("A0107", "A block was opened with '{' and is not closed."),
  LANGUAGE_VERSION("A0108", "The file asks for a version of the language that is not known here."),
  BAD_TEMPLATE("A0109", "The braces of a sentence hold no readable expression."),
  TOO_MUCH("A0110", "A file is larger than one is read, or has more mistakes than are told."),

  UNKNOWN_STREAM("A0201", "No stream of this name is declared in any of the files."),
  UNKNOWN_FIELD("A0202", "The stream, or the element of its list, has no field of this name."),
  UNKNOWN_NAME(
      "A0203", "The name is no field, no variable, no parameter and not given by the kind."),
  UNKNOWN_FUNCTION("A0204", "No function of this name exists."),
  DUPLICATE("A0205", "The name is taken by an earlier declaration."),
  UNKNOWN_ASSERTION("A0206", "No assertion of this name is declared in any of the files."),
  UNKNOWN_PARAMETER("A0207", "A value was given for a parameter that no file declares."),
  UNKNOWN_TYPE("A0208", "No type of this name exists."),
  UNKNOWN_VALUE("A0209", "The enum has no such value; the comparison could never be true."),
  UNKNOWN_ROUTE("A0210", "No route of this name is declared in any of the files."),
  UNKNOWN_MODEL("A0211", "No model of this name is declared in any of the files."),
  UNKNOWN_WORD("A0212", "One of a few words is needed here."),
  FOREIGN_TOPIC("A0213", "The topic belongs to others, so rules here may not name it."),

  WRONG_TYPE("A0301", "An expression has another type than its place needs."),
  NO_OVERLOAD("A0302", "A function or operator does not take values of these types."),
  UNKNOWN_UNIT("A0303", "The letters behind a number are no unit."),
  NOT_CONSTANT("A0304", "A constant is needed: a number, a duration or a parameter."),
  BAD_MACRO("A0305", "A macro was written with other parts than it takes."),
  BAD_PATTERN("A0306", "A regular expression cannot be read."),
  UNKNOWN_ZONE("A0307", "No time zone of this name exists."),

  MISSING_CLAUSE("A0401", "The assertion lacks a clause that another one needs."),
  REPEATED_CLAUSE("A0402", "A clause may stand once only."),
  CONFLICTING_CLAUSES("A0403", "Clauses of different kinds do not go together in one assertion."),
  OUT_OF_BOUNDS("A0404", "A bound, share or size is outside of what makes sense."),
  NO_KIND("A0405", "The assertion does not say what must hold."),
  BAD_MAPPING("A0406", "The field's value cannot be taken from the payload in this way."),
  MISSING_FIELD("A0407", "Every stream needs a key and an event time."),
  NOT_YET(
      "A0408",
      "The clause is part of the language, but this version does not evaluate it yet, or not"
          + " everywhere.",
      Severity.WARNING),

  NOT_LEARNED("A0409", "What is usual has not been learned, or cannot be read."),
  STALE_USUAL(
      "A0410",
      "What is usual was learned before the assertion looked at what it looks at now.",
      Severity.WARNING),

  BAD_TEST("A0501", "A test does not fit its assertion or its stream."),

  UNUSED_STREAM("A0901", "No assertion reads the stream.", Severity.WARNING),
  CONSTANT_CONDITION("A0902", "The condition is always true or always false.", Severity.WARNING),
  NEGATIVE_SEVERITY(
      "A0903",
      "The severity can be negative; only the order of positive ones counts.",
      Severity.WARNING),
  NEVER_VIOLATED("A0904", "The assertion can never be violated, whatever comes.", Severity.WARNING),
  NOT_OF_ELEMENT(
      "A0905", "The condition behind 'each' does not look at the element.", Severity.WARNING);

  /** Whether a file is refused for it. */
  public enum Severity {
    ERROR,
    WARNING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String code;
  private final String meaning;
  private final Severity severity;

  IssueCode(String code, String meaning) {
    this(code, meaning, Severity.ERROR);
  }

  IssueCode(String code, String meaning, Severity severity) {
    this.code = code;
    this.meaning = meaning;
    this.severity = severity;
  }

  public String code() {
    return code;
  }

  /** One sentence, for whoever looks the code up. */
  public String meaning() {
    return meaning;
  }

  public Severity severity() {
    return severity;
  }

  public static Optional<IssueCode> of(String code) {
    return Arrays.stream(values()).filter(c -> c.code.equalsIgnoreCase(code)).findFirst();
  }
}
