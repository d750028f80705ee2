package io.assay.assertion.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The decoding of one payload: where it stands, and what was found wrong so far. */
final class Decoding {
  /** More wrong values than this are one more problem, not more of them. */
  static final int MOST_PROBLEMS = 64;

  private static final int LONGEST_CAME = 80;

  private final byte[] payload;
  private final List<Event.Problem> problems = new ArrayList<>(0);
  private String[] names = new String[4];
  private int[] indices = new int[4];
  private int depth;
  private boolean failed;
  private int base;

  Decoding(byte[] payload) {
    this.payload = payload;
  }

  byte[] payload() {
    return payload;
  }

  List<Event.Problem> problems() {
    return problems;
  }

  /** Where in the payload the current parser began. */
  int base() {
    return base;
  }

  void base(int offset) {
    base = offset;
  }

  void enter(String name) {
    if (depth == names.length) {
      names = java.util.Arrays.copyOf(names, 2 * depth);
      indices = java.util.Arrays.copyOf(indices, 2 * depth);
    }
    names[depth] = name;
    indices[depth++] = -1;
  }

  void index(int index) {
    indices[depth - 1] = index;
  }

  void leave() {
    depth--;
  }

  /** The value being read is not usable. */
  void fail() {
    failed = true;
  }

  /** Whether the value read last was not as declared; asking forgets it. */
  boolean takeFailed() {
    boolean was = failed;
    failed = false;
    return was;
  }

  /** Notes that the parser's value is not what was declared, and passes over it. */
  void wrong(String needed, JsonParser parser) {
    problem(needed, describe(parser));
    parser.skipChildren();
  }

  void problem(String needed, String came) {
    failed = true;
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(new Event.Problem(path(), needed, came));
    } else if (problems.size() == MOST_PROBLEMS) {
      problems.add(
          new Event.Problem(
              "", "values as declared", "more than " + MOST_PROBLEMS + " that are not"));
    }
  }

  private String path() {
    var text = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      text.append(i == 0 ? "" : ".").append(names[i]);
      if (indices[i] >= 0) {
        text.append('[').append(indices[i]).append(']');
      }
    }
    return text.toString();
  }

  static String describe(JsonParser parser) {
    @Nullable JsonToken token = parser.currentToken();
    return switch (Objects.requireNonNull(token)) {
      case START_ARRAY -> "a list";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> '"' + shorten(parser.getString()) + '"';
      default -> shorten(parser.getString());
    };
  }

  static String shorten(String text) {
    return text.length() <= LONGEST_CAME ? text : text.substring(0, LONGEST_CAME) + "…";
  }
}
