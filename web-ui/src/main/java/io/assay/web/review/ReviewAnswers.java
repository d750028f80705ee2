package io.assay.web.review;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Items as programs get them, with what belongs to them. */
@Component
class ReviewAnswers {
  private final ReviewQueue queue;
  private final Verdicts verdicts;
  private final Guidelines guidelines;

  ReviewAnswers(ReviewQueue queue, Verdicts verdicts, Guidelines guidelines) {
    this.queue = queue;
    this.verdicts = verdicts;
    this.guidelines = guidelines;
  }

  /** {@code isPerson}: who reviews sees the fields of an event, a program does not. */
  ReviewItems.Whole whole(String project, ReviewItem item, boolean isPerson) {
    return ReviewItems.Whole.of(
        item,
        guidelines.of(project, item.assertion()),
        verdicts.of(project, item.id()),
        isPerson ? queue.event(project, item.id()) : Optional.empty());
  }
}
