package io.assay.stream.ingest;

/** A CloudEvent, whatever mode it came in. */
public final class CloudEvent {
  private final CloudEventAttributes attributes;
  private final byte[] data;
  private final boolean stoodAsJson;

  /**
   * @param data not copied: it may be large, and nobody changes it
   * @param stoodAsJson whether the data stood in an envelope as JSON, whatever it is said to be
   */
  public CloudEvent(CloudEventAttributes attributes, byte[] data, boolean stoodAsJson) {
    this.attributes = attributes;
    this.data = data;
    this.stoodAsJson = stoodAsJson;
  }

  public CloudEventAttributes attributes() {
    return attributes;
  }

  /** As binary mode would have sent it; empty where there is none. */
  public byte[] data() {
    return data;
  }

  public boolean isJson() {
    return stoodAsJson || attributes.saysJson();
  }
}
