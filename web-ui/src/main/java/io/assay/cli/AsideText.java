package io.assay.cli;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.repair.PutAside;
import io.assay.stream.repair.ReplayNote;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record put aside, for people. */
final class AsideText {
  /** Bytes shown before and behind the place that is pointed at. */
  private static final int AROUND = 60;

  private static final int MOST_SHOWN = 4096;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private AsideText() {}

  static void line(PutAside aside, Optional<ReplayNote> note, PrintWriter out) {
    out.printf(
        "%s  %s  %s  %s  %s%s  %s%s%n",
        aside.position(),
        Instant.ofEpochMilli(aside.millis()),
        visible(aside.stream()),
        aside.cause(),
        visible(place(aside.source())),
        note.map(it -> "  %s %s".formatted(it.way().past(), Instant.ofEpochMilli(it.millis())))
            .orElse(""),
        visible(aside.detail()),
        aside.leftOut().isEmpty() ? "" : "  left out: " + String.join(", ", aside.leftOut()));
  }

  static String place(Coordinates source) {
    return source.topic() + '-' + source.partition() + '@' + source.offset();
  }

  static void whole(PutAside aside, Optional<ReplayNote> note, PrintWriter out) {
    out.println(aside.name());
    out.println("  put aside  " + Instant.ofEpochMilli(aside.millis()));
    out.println("  project    " + aside.project());
    out.println("  stream     " + visible(aside.stream()));
    out.println("  cause      " + aside.cause());
    out.println("  detail     " + visible(aside.detail()));
    out.println("  came from  " + visible(place(aside.source())));
    out.println("  received   " + Instant.ofEpochMilli(aside.receivedMillis()));
    String of = aside.replayOf();
    if (of != null) {
      out.println("  replay of  " + visible(of));
    }
    note.ifPresent(
        it ->
            out.printf(
                "  %-9s  %s by %s%n",
                it.way().past(), Instant.ofEpochMilli(it.millis()), visible(it.by())));
    aside.leftOut().forEach(left -> out.println("  left out   " + left));
    out.println("  key        " + told(aside.key()));
    for (Header header : aside.headers()) {
      out.println("  header     " + visible(header.key()) + ": " + told(header.value()));
    }
    value(aside, out);
  }

  private static void value(PutAside aside, PrintWriter out) {
    byte[] value = aside.value();
    if (value == null) {
      out.println("  value      none");
      return;
    }
    out.printf("  value      %,d bytes%n", value.length);
    aside.wrongByte().ifPresent(at -> point(value, at, out));
    out.println();
    int shown = Math.min(value.length, MOST_SHOWN);
    Optional<String> text = utf8(value);
    out.println(text.map(AsideText::shortened).orElseGet(() -> HEX.formatHex(value, 0, shown)));
    if (value.length > shown) {
      out.println("(the first %,d bytes; --raw FILE writes all)".formatted(shown));
    }
  }

  private static String shortened(String text) {
    return visible(text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) : text);
  }

  /** One line of what is around, and a caret under the byte. */
  private static void point(byte[] value, int at, PrintWriter out) {
    String before = around(value, Math.max(0, at - AROUND), at);
    String behind = around(value, at, Math.min(value.length, at + AROUND));
    out.println("    " + before + behind);
    out.println("    " + " ".repeat(before.codePointCount(0, before.length())) + "^ byte " + at);
  }

  private static String around(byte[] value, int from, int to) {
    String text = new String(value, from, to - from, StandardCharsets.UTF_8);
    return text.codePoints()
        .map(c -> isPlain(c) ? c : '\u00b7')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String told(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "none";
    }
    return utf8(bytes).map(AsideText::visible).orElseGet(() -> "hex " + HEX.formatHex(bytes));
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException other) {
      return Optional.empty();
    }
  }

  /** What a stranger sent must not command the terminal. */
  static String visible(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isPlain(c) || c == '\n' || c == '\t') {
                out.appendCodePoint(c);
              } else {
                out.append("\\u%04x".formatted(c));
              }
            });
    return out.toString();
  }

  private static boolean isPlain(int c) {
    return !Character.isISOControl(c)
        && Character.getType(c) != Character.FORMAT
        && Character.getType(c) != Character.SURROGATE;
  }
}
