package io.assay.stream.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The value of a {@code ce-} header: optionally quoted, then percent-decoded (CloudEvents, HTTP
 * binding 3.1.3.2).
 */
final class HeaderValue {
  private HeaderValue() {}

  /** Null where it is no UTF-8, or a percent sign is not followed by two hexadecimal digits. */
  static @Nullable String decode(String value) {
    String text = unquoted(value.strip());
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == '%') {
        int high = digit(text, i + 1);
        int low = digit(text, i + 2);
        if (high < 0 || low < 0) {
          return null;
        }
        bytes.write(high * 16 + low);
        i += 3;
      } else {
        int point = text.codePointAt(i);
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(point);
      }
    }
    return utf8(bytes.toByteArray());
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
  }

  /** ASCII only: a full-width digit is none. */
  private static int digit(String text, int at) {
    return at < text.length() && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException broken) {
      return null;
    }
  }
}
