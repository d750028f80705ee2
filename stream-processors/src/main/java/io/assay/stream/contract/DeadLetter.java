package io.assay.stream.contract;

import org.apache.kafka.common.header.Headers;

/**
 * Why a record was put aside; it stands in the headers, the record itself is untouched.
 *
 * @param cause {@code broken-json}, {@code no-key}, {@code no-time}, {@code judge-failed}, {@code
 *     join-failed}; of serving stacks also {@code broken-cloudevent}, {@code broken-payload},
 *     {@code no-id}, {@code too-large}, {@code unpaired}, {@code serving-failed}; of embeddings
 *     {@code no-version}, {@code broken-vector}, {@code broken-marker}
 * @param detail for people
 */
public record DeadLetter(Provenance provenance, String cause, String detail) {
  private static final int MOST_DETAIL = 1000;

  public DeadLetter {
    if (detail.length() > MOST_DETAIL) {
      detail = detail.substring(0, MOST_DETAIL - 1) + '…';
    }
  }

  public void write(Headers headers) {
    provenance.write(headers);
    HeaderNames.put(headers, HeaderNames.CAUSE, cause);
    HeaderNames.put(headers, HeaderNames.DETAIL, detail);
  }

  public static DeadLetter read(Headers headers) {
    return new DeadLetter(
        Provenance.read(headers),
        HeaderNames.text(headers, HeaderNames.CAUSE, ""),
        HeaderNames.text(headers, HeaderNames.DETAIL, ""));
  }
}
