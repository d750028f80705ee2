package io.assay.assertion.rule.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A declared model.
 *
 * @param reads the names of the embeddings that it is built on
 */
public record Model(
    String name, Optional<String> title, Optional<String> owner, List<String> reads) {
  public Model {
    reads = List.copyOf(reads);
  }

  /** What people call it, and whom to ask: {@code scorer (credit-risk, owner credit)}. */
  public String described() {
    List<String> more = new ArrayList<>();
    title.ifPresent(more::add);
    owner.ifPresent(who -> more.add("owner " + who));
    return more.isEmpty() ? name : "%s (%s)".formatted(name, String.join(", ", more));
  }
}
