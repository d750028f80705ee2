package io.assay.stream.contract;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a record of the releases' topic is of, as its key says: {@code project/embeddings/release},
 * and behind it which part where it is not the {@link ReleaseRecord} itself. What may stand in a
 * name and not in a path is escaped as in URLs.
 */
public record ReleaseKey(String project, String embeddings, String release, List<String> part) {
  /** The part that is a {@link ReleaseAcceptance}. */
  static final String ACCEPTED = "accepted";

  /** The part, with base and number behind it, that is a piece of a rotation. */
  static final String ROTATION = "rotation";

  /** The part, with base and number behind it, that is a piece of the items that moved most. */
  static final String FURTHEST = "furthest";

  public ReleaseKey {
    part = List.copyOf(part);
  }

  /** Of the release itself. */
  public static ReleaseKey of(String project, String embeddings, String release) {
    return new ReleaseKey(project, embeddings, release, List.of());
  }

  /** That a person accepted it. */
  public ReleaseKey accepted() {
    return new ReleaseKey(project, embeddings, release, List.of(ACCEPTED));
  }

  /** A piece of how it is turned against a base. */
  public ReleaseKey rotation(String base, int number) {
    return new ReleaseKey(
        project, embeddings, release, List.of(ROTATION, base, Integer.toString(number)));
  }

  /** A piece of the items that moved most against a base. */
  public ReleaseKey furthest(String base, int number) {
    return new ReleaseKey(
        project, embeddings, release, List.of(FURTHEST, base, Integer.toString(number)));
  }

  /** The release compared with another; empty for none. */
  ReleaseKey against(String base) {
    return new ReleaseKey(project, embeddings, release, List.of(base));
  }

  public byte[] bytes() {
    return Stream.concat(Stream.of(project, embeddings, release), part.stream())
        .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
        .collect(Collectors.joining("/"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Empty for a key that is none of ours. */
  public static Optional<ReleaseKey> read(byte[] key) {
    List<String> names;
    try {
      names =
          Arrays.stream(new String(key, StandardCharsets.UTF_8).split("/", -1))
              .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
              .toList();
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
    return names.size() < 3
        ? Optional.empty()
        : Optional.of(
            new ReleaseKey(
                names.get(0), names.get(1), names.get(2), names.subList(3, names.size())));
  }
}
