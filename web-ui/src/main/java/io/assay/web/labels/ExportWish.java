package io.assay.web.labels;

import io.assay.web.system.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What is to be exported, and how.
 *
 * @param round of which; none: all rounds
 * @param outside what becomes of what a label does not speak of
 */
record ExportWish(ExportFormat format, OptionalLong round, Outside outside, VideoTiming timing) {

  /** What becomes of what a label does not speak of: left out, or no file where there is any. */
  enum Outside {
    MASK,
    REFUSE
  }

  /**
   * As programs and forms say it.
   *
   * @throws Refused where something is not understood
   */
  static ExportWish of(String format, @Nullable Long round, String outside, double fps) {
    return new ExportWish(
        format(format),
        round == null ? OptionalLong.empty() : OptionalLong.of(round),
        switch (outside) {
          case "mask" -> Outside.MASK;
          case "refuse" -> Outside.REFUSE;
          default -> throw Refused.bad("outside needs mask or refuse, got '" + outside + "'");
        },
        timing(fps));
  }

  /** The file's name, as those who get it see it. */
  String fileName(String project) {
    return "%s%s.%s"
        .formatted(
            project, round.isPresent() ? "-round-" + round.getAsLong() : "", format.extension());
  }

  /**
   * Writes the samples, and leaves the stream open.
   *
   * @throws Refused where labels do not speak of all that is there, and that was not wanted
   */
  Exported write(ExportSamples samples, OutputStream out) throws IOException {
    if (outside == Outside.REFUSE) {
      Set<String> all = new TreeSet<>();
      samples.each(sample -> all.addAll(sample.outside()));
      if (!all.isEmpty()) {
        throw new Refused(
            HttpStatus.CONFLICT,
            "labels do not speak of all that is there: " + String.join(", ", all));
      }
    }
    return format.write(samples, timing, out);
  }

  /** How often the samples are read. */
  int readings() {
    return format.readings() + (outside == Outside.REFUSE ? 1 : 0);
  }

  private static ExportFormat format(String word) {
    return ExportFormat.of(word)
        .orElseThrow(
            () ->
                Refused.bad(
                    "format needs one of %s, got '%s'"
                        .formatted(
                            Arrays.stream(ExportFormat.values())
                                .map(ExportFormat::word)
                                .collect(Collectors.joining(", ")),
                            word)));
  }

  private static VideoTiming timing(double fps) {
    try {
      return new VideoTiming(fps);
    } catch (IllegalArgumentException wrong) {
      throw Refused.bad("fps: " + wrong.getMessage());
    }
  }
}
