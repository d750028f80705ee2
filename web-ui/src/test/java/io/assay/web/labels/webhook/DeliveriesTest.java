package io.assay.web.labels.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.review.ReviewTables;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
  @Test
  void aRoundIsNotedOnceAndNothingIsUsedUpAfterThat() {
    try (var tables = new ReviewTables(List.of(), Deliveries.class)) {
      Deliveries deliveries = tables.bean(Deliveries.class);
      tables.round(1, true);
      assertThat(deliveries.noteFullRounds()).isEqualTo(1);
      assertThat(deliveries.noteFullRounds()).isZero();
      tables.round(2, false);
      assertThat(deliveries.noteFullRounds()).isZero();
      tables.execute("UPDATE label_round SET closed = opened WHERE number = 2");
      assertThat(deliveries.noteFullRounds()).isEqualTo(1);
      assertThat(tables.column("SELECT id || ' ' || subject FROM webhook_delivery ORDER BY id"))
          .as("numbers are used for what is sent alone")
          .containsExactly("1 1", "2 2");
    }
  }
}
