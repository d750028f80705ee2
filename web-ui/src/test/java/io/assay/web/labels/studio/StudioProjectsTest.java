package io.assay.web.labels.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.labels.studio.StudioProjects.Linked;
import io.assay.web.review.ReviewTables;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudioProjectsTest {
  private static final Duration POLL = Duration.ofMinutes(10);

  @Test
  void oneIsAskedAtATimeAndKnownUntilWhenAllWasTaken() {
    try (var tables = new ReviewTables(List.of(), StudioProjects.class)) {
      StudioProjects projects = tables.bean(StudioProjects.class);
      Linked made = Linked.made("default", 7, "round 3");
      projects.add(made, "ann");
      assertThat(projects.takeDue(POLL)).isEmpty();
      tables.pass(POLL);
      assertThat(projects.takeDue(POLL)).hasValue(made);
      assertThat(projects.takeDue(POLL)).as("another has it").isEmpty();
      projects.asked(made, tables.now());
      tables.pass(POLL);
      assertThat(projects.takeDue(POLL).orElseThrow().asked()).hasValue(tables.now().minus(POLL));
    }
  }
}
