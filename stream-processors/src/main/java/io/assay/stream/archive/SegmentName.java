package io.assay.stream.archive;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a segment says of it: {@code
 * PROJECT/STREAM/2026-03-01/08/p0003-FROM-UNTIL-TOPIC.jsonl.zst}.
 *
 * <p>Offsets in the name let a writer find out where it stopped without opening a file.
 *
 * @param hour start of the hour in which its records were received; some may be of earlier ones
 * @param from offset of the partition from which on it holds everything
 * @param until the first offset that it does not hold
 * @param topicId of the topic, which has another when it is made anew and counts from 0 again
 */
record SegmentName(
    String project,
    String stream,
    Instant hour,
    int partition,
    long from,
    long until,
    String topicId) {
  static final Duration HOUR = Duration.ofHours(1);

  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("uuuu-MM-dd/HH").withZone(ZoneOffset.UTC);
  private static final Pattern FORM =
      Pattern.compile(
          "([^/]+)/([^/]+)/(\\d{4}-\\d\\d-\\d\\d)/(\\d\\d)/p(\\d+)-(\\d+)-(\\d+)-([^/.]+)\\.jsonl\\.zst");

  /** Everything of a stream begins so. */
  static String prefix(String project, String stream) {
    return prefix(project) + stream + '/';
  }

  /** Everything of a project begins so. */
  static String prefix(String project) {
    if (project.isBlank() || project.startsWith(".") || project.matches(".*[/\\\\\\p{Cntrl}].*")) {
      throw new IllegalArgumentException(
          "the archive needs a project that can be a folder's name, got '" + project + "'");
    }
    return project + '/';
  }

  static Optional<SegmentName> parse(String name) {
    Matcher parts = FORM.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new SegmentName(
            parts.group(1),
            parts.group(2),
            Instant.parse(parts.group(3) + 'T' + parts.group(4) + ":00:00Z"),
            Integer.parseInt(parts.group(5)),
            Long.parseLong(parts.group(6)),
            Long.parseLong(parts.group(7)),
            parts.group(8)));
  }

  boolean holds(int ofPartition, long offset) {
    return partition == ofPartition && from <= offset && offset < until;
  }

  /** When the hour is over. */
  Instant end() {
    return hour.plus(HOUR);
  }

  @Override
  public String toString() {
    return "%s%s/p%04d-%019d-%019d-%s.jsonl.zst"
        .formatted(prefix(project, stream), FOLDER.format(hour), partition, from, until, topicId);
  }
}
