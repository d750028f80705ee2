package io.assay.assertion.event;

import java.util.Optional;

/**
 * A declared stream: a topic of events of one type.
 *
 * @param name as rules call it
 * @param topic the Kafka topic
 * @param root all fields of an event: key, time, id, media and the declared ones, in order of
 *     declaration
 * @param key the field that says which events are judged in order; of {@code root}
 * @param time the field with the event time, a TIMESTAMP; of {@code root}
 * @param id the declared id, if any; else ids are hashes
 * @param media the field with the reference to image or clip, a STRING
 * @param size image size in pixels
 * @param model the model whose output this is
 * @param version the field with the model's version, a STRING
 * @param latenessNanos how long an event may come after a later one of its key and still be judged
 *     in its place
 * @param imputed where it stands what was filled into gaps, if they are filled
 */
public record StreamType(
    String name,
    String topic,
    StructType root,
    StructType.Field key,
    StructType.Field time,
    Optional<StructType.Field> id,
    Optional<StructType.Field> media,
    Optional<ImageSize> size,
    Optional<String> model,
    Optional<StructType.Field> version,
    long latenessNanos,
    Optional<Imputed> imputed) {

  /** Of which no gaps are filled. */
  public StreamType(
      String name,
      String topic,
      StructType root,
      StructType.Field key,
      StructType.Field time,
      Optional<StructType.Field> id,
      Optional<StructType.Field> media,
      Optional<ImageSize> size,
      Optional<String> model,
      Optional<StructType.Field> version,
      long latenessNanos) {
    this(
        name,
        topic,
        root,
        key,
        time,
        id,
        media,
        size,
        model,
        version,
        latenessNanos,
        Optional.empty());
  }

  /** Pixels. */
  public record ImageSize(int width, int height) {
    public ImageSize {
      if (width < 1 || height < 1) {
        throw new IllegalArgumentException(
            "an image needs a positive size, got " + width + " x " + height);
      }
    }
  }

  /** The model's version that an event is of, where it says. */
  public Optional<String> versionOf(Row root) {
    return version.map(field -> (String) root.getReference(field.slot()));
  }
}
