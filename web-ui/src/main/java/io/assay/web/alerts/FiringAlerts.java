package io.assay.web.alerts;

import org.springframework.stereotype.Component;

/** How many alerts fire: for the first page. */
@Component
public class FiringAlerts {
  private final AlertQueries alerts;

  FiringAlerts(AlertQueries alerts) {
    this.alerts = alerts;
  }

  public long count(String project) {
    return alerts.firing(project);
  }
}
