package io.assay.stream.contract;

import org.apache.kafka.common.header.Headers;

/**
 * Why a record was not judged; it stands in the headers, the record itself is untouched.
 *
 * @param reason {@link #LATE} or {@link #FUTURE}
 * @param eventMillis what the event says of its time
 */
public record LateRecord(Provenance provenance, String reason, long eventMillis) {
  /** Behind what its key has already judged, by more than the stream's lateness. */
  public static final String LATE = "late";

  /** Too far ahead of when it was received. */
  public static final String FUTURE = "future";

  public void write(Headers headers) {
    provenance.write(headers);
    HeaderNames.put(headers, HeaderNames.REASON, reason);
    HeaderNames.put(headers, HeaderNames.EVENT_TIME, eventMillis);
  }

  public static LateRecord read(Headers headers) {
    return new LateRecord(
        Provenance.read(headers),
        HeaderNames.text(headers, HeaderNames.REASON, ""),
        HeaderNames.number(headers, HeaderNames.EVENT_TIME, 0));
  }
}
