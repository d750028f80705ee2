package io.assay.web.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the check of dashboards sees, and what it would not let through. */
class PromQueryTest {
  private static final Exposition SCRAPED =
      Exposition.read(
          """
          # TYPE events_total counter
          events_total{stream="camera",project="p"} 3
          # TYPE lag gauge
          lag{topic="a b\\"c",} 1
          """);

  @Test
  void seesNamesLabelsAndGroups() {
    PromQuery query =
        PromQuery.parse(
            "sum by (stream) (rate(events_total{project=~\"$project\"}[$__rate_interval])) /"
                + " (sum(lag offset 5m) > 0)");
    assertThat(query.series())
        .containsExactly(
            new PromQuery.Series("events_total", Set.of("project"), true),
            new PromQuery.Series("lag", Set.of(), false));
    assertThat(query.unknownTo(SCRAPED)).isEmpty();
  }

  @Test
  void whatIsNotScrapedIsNamed() {
    assertThat(PromQuery.parse("event_total").unknownTo(SCRAPED)).containsExactly("event_total");
    assertThat(PromQuery.parse("lag{partition=\"1\"}").unknownTo(SCRAPED))
        .containsExactly("lag has no partition");
    assertThat(PromQuery.parse("sum by (assertion) (lag)").unknownTo(SCRAPED))
        .containsExactly("nothing has assertion");
  }

  @Test
  void whatPrometheusWouldRefuseIsRefused() {
    assertThatThrownBy(() -> PromQuery.parse("rate(events_total)"))
        .hasMessageContaining("rate needs a range of events_total");
    assertThatThrownBy(() -> PromQuery.parse("rate(lag[5m])"))
        .hasMessageContaining("rate needs a counter, got lag");
    assertThatThrownBy(() -> PromQuery.parse("sum(lag")).hasMessageContaining("it ends early");
    assertThatThrownBy(() -> PromQuery.parse("lag lag")).hasMessageContaining("did not expect lag");
    assertThatThrownBy(() -> PromQuery.parse("summ(lag)")).hasMessageContaining("did not expect (");
    assertThatThrownBy(() -> PromQuery.parse("lag ! 3")).hasMessageContaining("no token at 3");
  }
}
