package io.assay.assertion.eval.term;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Parts of texts, as CEL's strings extension has them. Places and lengths count code points, never
 * half of one.
 */
final class TextParts {
  private TextParts() {}

  static void register(Functions.Registry to) {
    to.put(
        "split_string",
        (compiler, terms) -> {
          ReferenceTerm text = compiler.value(terms.get(0));
          ReferenceTerm separator = compiler.value(terms.get(1));
          return (ReferenceTerm)
              frame -> split(string(text, frame), string(separator, frame), Long.MAX_VALUE);
        });
    to.put(
        "split_string_limit",
        (compiler, terms) -> {
          ReferenceTerm text = compiler.value(terms.get(0));
          ReferenceTerm separator = compiler.value(terms.get(1));
          LongTerm limit = compiler.whole(terms.get(2));
          return (ReferenceTerm)
              frame -> split(string(text, frame), string(separator, frame), most(limit, frame));
        });
    to.put(
        "join_list",
        (compiler, terms) -> {
          ReferenceTerm list = compiler.value(terms.get(0));
          return (ReferenceTerm) frame -> join(list.value(frame), "");
        });
    to.put(
        "join_list_separator",
        (compiler, terms) -> {
          ReferenceTerm list = compiler.value(terms.get(0));
          ReferenceTerm separator = compiler.value(terms.get(1));
          return (ReferenceTerm) frame -> join(list.value(frame), string(separator, frame));
        });
    replacements(to);
    places(to);
  }

  private static void replacements(Functions.Registry to) {
    to.put(
        "replace_string",
        (compiler, terms) -> {
          ReferenceTerm text = compiler.value(terms.get(0));
          ReferenceTerm old = compiler.value(terms.get(1));
          ReferenceTerm by = compiler.value(terms.get(2));
          return (ReferenceTerm)
              frame ->
                  replace(
                      string(text, frame), string(old, frame), string(by, frame), Long.MAX_VALUE);
        });
    to.put(
        "replace_string_limit",
        (compiler, terms) -> {
          ReferenceTerm text = compiler.value(terms.get(0));
          ReferenceTerm old = compiler.value(terms.get(1));
          ReferenceTerm by = compiler.value(terms.get(2));
          LongTerm limit = compiler.whole(terms.get(3));
          return (ReferenceTerm)
              frame ->
                  replace(
                      string(text, frame),
                      string(old, frame),
                      string(by, frame),
                      most(limit, frame));
        });
    to.put(
        "reverse_string",
        (compiler, terms) -> {
          ReferenceTerm text = compiler.value(terms.get(0));
          return (ReferenceTerm)
              frame -> new StringBuilder(string(text, frame)).reverse().toString();
        });
  }

  private static void places(Functions.Registry to) {
    to.put(
        "indexOf_string",
        (compiler, terms) -> {
          ReferenceTerm text = compiler.value(terms.get(0));
          ReferenceTerm part = compiler.value(terms.get(1));
          return (LongTerm)
              frame -> {
                String of = string(text, frame);
                return counted(of, of.indexOf(string(part, frame)));
              };
        });
    to.put(
        "lastIndexOf_string",
        (compiler, terms) -> {
          ReferenceTerm text = compiler.value(terms.get(0));
          ReferenceTerm part = compiler.value(terms.get(1));
          return (LongTerm)
              frame -> {
                String of = string(text, frame);
                return counted(of, of.lastIndexOf(string(part, frame)));
              };
        });
    to.put(
        "substring_string",
        (compiler, terms) -> {
          ReferenceTerm text = compiler.value(terms.get(0));
          LongTerm from = compiler.whole(terms.get(1));
          return (ReferenceTerm)
              frame -> {
                String of = string(text, frame);
                return of.substring(offset(of, from.value(frame)));
              };
        });
    to.put(
        "substring_string_end",
        (compiler, terms) -> {
          ReferenceTerm text = compiler.value(terms.get(0));
          LongTerm from = compiler.whole(terms.get(1));
          LongTerm until = compiler.whole(terms.get(2));
          return (ReferenceTerm)
              frame -> substring(string(text, frame), from.value(frame), until.value(frame));
        });
    to.put(
        "charAt_string",
        (compiler, terms) -> {
          ReferenceTerm text = compiler.value(terms.get(0));
          LongTerm place = compiler.whole(terms.get(1));
          return (ReferenceTerm) frame -> charAt(string(text, frame), place.value(frame));
        });
  }

  private static String string(ReferenceTerm term, Frame frame) {
    return Texts.string(term.value(frame));
  }

  private static long most(LongTerm limit, Frame frame) {
    long most = limit.value(frame);
    return most < 0 ? Long.MAX_VALUE : most;
  }

  static List<Object> split(String text, String separator, long most) {
    List<Object> parts = new ArrayList<>();
    if (most == 0) {
      return parts;
    }
    int from = 0;
    while (parts.size() + 1 < most) {
      int end = separator.isEmpty() ? next(text, from) : text.indexOf(separator, from);
      if (end < 0) {
        break;
      }
      parts.add(text.substring(from, end));
      from = end + separator.length();
    }
    if (!separator.isEmpty() || from < text.length()) {
      parts.add(text.substring(from));
    }
    return parts;
  }

  /** Behind the character at a place that is not the last one; else -1. */
  private static int next(String text, int from) {
    int end = from < text.length() ? text.offsetByCodePoints(from, 1) : text.length();
    return end < text.length() ? end : -1;
  }

  private static String join(Object list, String separator) {
    return Aggregates.list(list).stream()
        .map(part -> Texts.string(Objects.requireNonNull(part)))
        .collect(Collectors.joining(separator));
  }

  /** An empty text stands before every character and at the end. */
  static String replace(String text, String old, String by, long most) {
    var replaced = new StringBuilder();
    int from = 0;
    for (long done = 0; done < most; done++) {
      int found = old.isEmpty() ? from : text.indexOf(old, from);
      if (found < 0) {
        break;
      }
      replaced.append(text, from, found).append(by);
      from = found + old.length();
      if (old.isEmpty()) {
        if (from == text.length()) {
          break;
        }
        int end = text.offsetByCodePoints(from, 1);
        replaced.append(text, from, end);
        from = end;
      }
    }
    return replaced.append(text, from, text.length()).toString();
  }

  private static long counted(String text, int place) {
    return place < 0 ? -1 : text.codePointCount(0, place);
  }

  private static int offset(String text, long place) {
    if (place >= 0 && place <= text.length()) {
      try {
        return text.offsetByCodePoints(0, (int) place);
      } catch (IndexOutOfBoundsException e) {
        // Between the number of characters and that of the halves they are stored in.
      }
    }
    throw NoValue.failed("character %d is outside a text of %d".formatted(place, Texts.size(text)));
  }

  private static String substring(String text, long from, long until) {
    if (from > until) {
      throw NoValue.failed("a part from %d to %d ends before it begins".formatted(from, until));
    }
    return text.substring(offset(text, from), offset(text, until));
  }

  private static String charAt(String text, long place) {
    int at = offset(text, place);
    return at == text.length() ? "" : text.substring(at, text.offsetByCodePoints(at, 1));
  }
}
