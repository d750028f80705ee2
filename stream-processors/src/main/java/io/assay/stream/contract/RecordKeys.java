package io.assay.stream.contract;

import java.nio.charset.StandardCharsets;

/** Keys of records in Assay's topics. */
public final class RecordKeys {
  private RecordKeys() {}

  /** A key's violations stand in one partition, in order. */
  public static byte[] ofViolation(String project, String streamKey) {
    return (project + '/' + streamKey).getBytes(StandardCharsets.UTF_8);
  }
}
