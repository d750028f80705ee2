package io.assay.stream.repair;

import org.jspecify.annotations.Nullable;

/**
 * Which of a project's records put aside are meant; what is null matters not.
 *
 * @param since when it was put aside, milliseconds since the epoch
 * @param until before this
 * @param source {@code TOPIC-PARTITION@OFFSET} where it came from, or its topic alone
 * @param upTo what came behind is not meant
 */
public record AsideFilter(
    String project,
    @Nullable String stream,
    @Nullable String cause,
    @Nullable Long since,
    @Nullable Long until,
    @Nullable String source,
    @Nullable Ends upTo) {

  /** All of a project. */
  public static AsideFilter of(String project) {
    return new AsideFilter(project, null, null, null, null, null, null);
  }

  /** The same, of what was there at a moment. */
  public AsideFilter upTo(Ends ends) {
    return new AsideFilter(project, stream, cause, since, until, source, ends);
  }

  public boolean takes(PutAside record) {
    return record.project().equals(project)
        && (stream == null || stream.equals(record.stream()))
        && (cause == null || cause.equals(record.cause()))
        && (since == null || record.millis() >= since)
        && (until == null || record.millis() < until)
        && (source == null || isFrom(record, source));
  }

  private static boolean isFrom(PutAside record, String source) {
    String topic = record.source().topic();
    return source.equals(topic)
        || source.equals(
            topic + '-' + record.source().partition() + '@' + record.source().offset());
  }
}
