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
 * What a record of the imputers' topic is of, as its key says: {@code project/stream}, and behind
 * it what of the stream. What may stand in a name and not in a path is escaped as in URLs.
 */
public sealed interface ImputerKey {
  String project();

  String stream();

  /** Which version the trainer has put in force: an {@link ImputerChoice}. */
  record Promoted(String project, String stream) implements ImputerKey {}

  /** Which version a person wants in force: an {@link ImputerChoice}. */
  record Wanted(String project, String stream) implements ImputerKey {}

  /** What is known of a version: an {@link ImputerCard}. */
  record Card(String project, String stream, long version) implements ImputerKey {}

  /**
   * A part of a version's bytes.
   *
   * @param number from 0
   */
  record Chunk(String project, String stream, long version, int number) implements ImputerKey {}

  private static Stream<String> names(ImputerKey key) {
    Stream<String> rest =
        switch (key) {
          case Promoted ignored -> Stream.of();
          case Wanted ignored -> Stream.of("wanted");
          case Card card -> Stream.of(Long.toString(card.version()));
          case Chunk chunk ->
              Stream.of(Long.toString(chunk.version()), Integer.toString(chunk.number()));
        };
    return Stream.concat(Stream.of(key.project(), key.stream()), rest);
  }

  /** As it stands in the topic. */
  default byte[] bytes() {
    return names(this)
        .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
        .collect(Collectors.joining("/"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Empty for a key that is none of ours. */
  static Optional<ImputerKey> read(byte[] key) {
    try {
      List<String> names =
          Arrays.stream(new String(key, StandardCharsets.UTF_8).split("/", -1))
              .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
              .toList();
      return switch (names.size()) {
        case 2 -> Optional.of(new Promoted(names.get(0), names.get(1)));
        case 3 -> Optional.of(third(names));
        case 4 ->
            Optional.of(
                new Chunk(
                    names.get(0),
                    names.get(1),
                    Long.parseLong(names.get(2)),
                    Integer.parseInt(names.get(3))));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }

  private static ImputerKey third(List<String> names) {
    return names.get(2).equals("wanted")
        ? new Wanted(names.get(0), names.get(1))
        : new Card(names.get(0), names.get(1), Long.parseLong(names.get(2)));
  }
}
