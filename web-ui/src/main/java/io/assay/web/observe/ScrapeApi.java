package io.assay.web.observe;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A project's figures for whoever may scrape that project alone, with a token. */
@RestController
class ScrapeApi {
  private final ObjectProvider<PrometheusRegistry> registry;

  ScrapeApi(ObjectProvider<PrometheusRegistry> registry) {
    this.registry = registry;
  }

  @GetMapping("/api/v1/projects/{project}/metrics")
  ResponseEntity<byte[]> figures(@PathVariable String project) {
    PrometheusRegistry known = registry.getIfAvailable();
    if (known == null) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND,
          "figures are off: management.prometheus.metrics.export.enabled is false");
    }
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, ProjectFigures.TYPE)
        .body(ProjectFigures.of(project, known));
  }
}
