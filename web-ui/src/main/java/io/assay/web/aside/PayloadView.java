package io.assay.web.aside;

import io.assay.stream.repair.PutAside;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a record as a page shows them: as text, or in hexadecimal where they are none.
 *
 * @param before up to the place that the cause names, all where it names none
 * @param behind from there on
 * @param place the byte; negative where none is named
 * @param from the first byte that is shown, and {@code to} the one behind the last
 * @param bytes how many there are
 * @param editable the whole text, where a page can take it in and give it back; else empty
 */
record PayloadView(
    String before,
    String behind,
    int place,
    int from,
    int to,
    int bytes,
    Optional<String> editable) {
  private static final int MOST_SHOWN = 16 * 1024;
  private static final int MOST_EDITED = 100_000;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  static PayloadView of(PutAside record) {
    byte[] value = record.value();
    if (value == null) {
      return new PayloadView("", "", -1, 0, 0, 0, Optional.empty());
    }
    int place = record.wrongByte().orElse(-1);
    Optional<String> text = text(value);
    // Of many bytes those around the place.
    boolean cut = value.length > MOST_SHOWN && place > MOST_SHOWN / 2;
    int first = cut ? place - MOST_SHOWN / 2 : 0;
    int from = text.isPresent() ? beginning(value, first) : first;
    int end = Math.min(value.length, from + MOST_SHOWN);
    int to = text.isPresent() ? beginning(value, end) : end;
    int split = place >= 0 ? place : to;
    String before =
        text.isPresent() ? visible(value, from, split) : HEX.formatHex(value, from, split);
    String behind = text.isPresent() ? visible(value, split, to) : HEX.formatHex(value, split, to);
    return new PayloadView(
        before, behind, place, from, to, value.length, text.filter(PayloadView::survives));
  }

  /** Of the character of which a byte is part. */
  private static int beginning(byte[] utf8, int at) {
    int first = at;
    while (first > 0 && first < utf8.length && (utf8[first] & 0xC0) == 0x80) {
      first--;
    }
    return first;
  }

  /** What it says, where bytes are text. */
  static Optional<String> text(byte @Nullable [] bytes) {
    try {
      return bytes == null
          ? Optional.empty()
          : Optional.of(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException none) {
      return Optional.empty();
    }
  }

  /** Text, or hexadecimal. */
  static String shown(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "";
    }
    return text(bytes).map(PayloadView::visible).orElseGet(() -> "hex " + HEX.formatHex(bytes));
  }

  private static String visible(byte[] bytes, int from, int to) {
    return visible(new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.UTF_8));
  }

  /** What a stranger sent must not rearrange the page. */
  private static String visible(String text) {
    return text.codePoints()
        .map(c -> isPlain(c) || c == '\n' || c == '\t' || c == '\r' ? c : '\u00b7')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPlain(int c) {
    return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
  }

  private static boolean survives(String text) {
    return text.length() <= MOST_EDITED
        && text.codePoints().noneMatch(c -> c < 0x20 && c != '\n' && c != '\t' && c != '\r');
  }

  /**
   * The bytes that a form gives back; null where they are those that it was given. A form ends its
   * lines its own way, and leaves out a first one that is empty.
   */
  byte @Nullable [] edited(String given) {
    String lines = lines(given);
    String known = lines(editable.orElse(""));
    boolean same = lines.equals(known) || ('\n' + lines).equals(known);
    return same ? null : lines.getBytes(StandardCharsets.UTF_8);
  }

  private static String lines(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  public boolean isMarked() {
    return place >= 0;
  }

  public boolean isCut() {
    return to - from < bytes;
  }
}
