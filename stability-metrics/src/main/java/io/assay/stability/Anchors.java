package io.assay.stability;

import java.util.List;
import java.util.Optional;

/**
 * What eigenspace instability weighs directions by: two embeddings of the same items, or the pair
 * itself.
 */
public final class Anchors {
  private static final Anchors PAIR = new Anchors(List.of());

  private final List<Embedding> given;

  private Anchors(List<Embedding> given) {
    this.given = given;
  }

  public static Anchors pair() {
    return PAIR;
  }

  public static Anchors of(Embedding e, Embedding f) {
    return new Anchors(List.of(e, f));
  }

  /** Nothing where the pair is its own anchor. */
  List<Embedding> given() {
    return given;
  }

  /** What keeps these from being anchors of so many rows. */
  Optional<String> mismatch(int rows) {
    return given.stream()
        .filter(anchor -> anchor.rows() != rows)
        .findFirst()
        .map(
            anchor ->
                "anchors need the %d rows of the pair, got %d".formatted(rows, anchor.rows()));
  }
}
