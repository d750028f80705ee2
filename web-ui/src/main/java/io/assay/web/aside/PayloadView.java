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
 * @param bytes how many there are
 * @param isCut whether there are more than are shown
 * @param editable the whole text, where a page can take it in and give it back; else empty
 */
record PayloadView(
    String before, String behind, int place, int bytes, boolean isCut, Optional<String> editable) {
  private static final int MOST_SHOWN = 16 * 1024;
  private static final int MOST_EDITED = 100_000;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  static PayloadView of(PutAside record) {
    byte[] value = record.value();
    if (value == null) {
      return new PayloadView("", "", -1, 0, false, Optional.empty());
    }
    int place = record.wrongByte().orElse(-1);
    int shown = Math.min(value.length, Math.max(MOST_SHOWN, 0));
    int split = place >= 0 && place <= shown ? place : shown;
    Optional<String> text = text(value);
    return text.isPresent()
        ? new PayloadView(
            visible(value, 0, split),
            visible(value, split, shown),
            place,
            value.length,
            shown < value.length,
            text.filter(PayloadView::survives))
        : new PayloadView(
            HEX.formatHex(value, 0, split),
            HEX.formatHex(value, split, shown),
            place,
            value.length,
            shown < value.length,
            Optional.empty());
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
    return place >= 0 && (!behind.isEmpty() || place == bytes);
  }
}
