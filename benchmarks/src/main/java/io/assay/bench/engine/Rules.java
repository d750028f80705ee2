package io.assay.bench.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The rule sets that are measured. */
final class Rules {
  private static final String CROWDED = "size(boxes) <= 6";

  private static final String SLICES =
      """

        slice night = hour(at) >= 21 || hour(at) < 6
        slice busy  = size(boxes) > 4
      """;

  private Rules() {}

  /** Ten assertions on one camera. */
  static String street() {
    return read("street.assay");
  }

  /** The ten where so many boxes are usual: as few events as with five have too many. */
  static String street(int boxes) {
    String text = street();
    if (!text.contains(CROWDED)) {
      throw new IllegalStateException("street.assay has no line '" + CROWDED + "'");
    }
    return text.replace(CROWDED, "size(boxes) <= " + (boxes + 1));
  }

  /** The ten on a stream that declares two slices, by which all is then counted. */
  static String sliced() {
    return street().replaceFirst("\n}\n", SLICES + "}\n");
  }

  /** A camera and a LIDAR, joined. */
  static String sensors() {
    return read("sensors.assay");
  }

  /** {@code street} or {@code sensors}. */
  static String named(String name) {
    return read(name + ".assay");
  }

  /** So many like one of the ten, each with a bound of its own. */
  static String plain(int count) {
    String all = street();
    var text = new StringBuilder(all.substring(0, all.indexOf("assertion flicker")));
    for (int i = 0; i < count; i++) {
      text.append("assertion gone%d on camera {\n".formatted(i));
      text.append("  each b in boxes where b.score >= 0.5\n  identity b.track\n");
      text.append("  absent less than %dms\n}\n".formatted(300 + i));
    }
    return text.toString();
  }

  private static String read(String name) {
    try (InputStream text = Rules.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(text, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
