package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Declaration;
import io.assay.assertion.rule.ast.Declaration.EmbeddingsDecl;
import io.assay.assertion.rule.ast.Declaration.StreamDecl;
import io.assay.assertion.rule.ast.StreamItem;
import io.assay.assertion.rule.ast.Text;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks that rules name no topic that others own: whoever declares one reads it, and may be sent
 * events for it.
 */
final class TopicChecker {
  /** Of the broker's own topics, wherever it runs. */
  private static final String INTERNAL = "__";

  private final Function<String, Optional<String>> owner;
  private final Consumer<Issue> issues;

  /** {@code owner}: whose a topic is that no rules may name. */
  TopicChecker(Function<String, Optional<String>> owner, Consumer<Issue> issues) {
    this.owner = owner;
    this.issues = issues;
  }

  void check(Declaration declaration) {
    switch (declaration) {
      case StreamDecl stream ->
          Stream.concat(Stream.of(stream.topic()), stream.items().stream().flatMap(this::topics))
              .distinct()
              .forEach(this::check);
      case EmbeddingsDecl embeddings -> check(embeddings.topic());
      case Declaration.ModelDecl ignored -> {}
      case Declaration.ParamDecl ignored -> {}
      case Declaration.AssertionDecl ignored -> {}
      case Declaration.RouteDecl ignored -> {}
      case Declaration.TestDecl ignored -> {}
    }
  }

  private Stream<Text> topics(StreamItem item) {
    if (item instanceof StreamItem.Serving serving) {
      return Stream.of(serving.requests(), serving.responses());
    }
    return item instanceof StreamItem.Truth truth ? Stream.of(truth.topic()) : Stream.empty();
  }

  private void check(Text topic) {
    owner(topic.value())
        .ifPresent(
            whose ->
                issues.accept(
                    new Issue(
                        IssueCode.FOREIGN_TOPIC,
                        topic.span(),
                        "the topic \"%s\" belongs to %s".formatted(topic.value(), whose),
                        Optional.of("name a topic of your own"))));
  }

  private Optional<String> owner(String topic) {
    return topic.startsWith(INTERNAL) ? Optional.of("the broker") : owner.apply(topic);
  }
}
