package io.assay.bench.web;

import io.assay.embedded.EmbeddedRuntime;
import io.assay.web.system.AssayWeb;
import java.util.HashMap;
import java.util.Map;

/** The web interface as benchmarks start it: on any free port, with the runtime's database. */
final class BenchedWeb {
  private BenchedWeb() {}

  /**
   * Starts it.
   *
   * @param more properties besides
   * @param others beans besides, by name
   */
  static AssayWeb.Running start(
      EmbeddedRuntime runtime, Map<String, Object> more, Map<String, Object> others) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("server.port", 0);
    properties.put("spring.datasource.url", runtime.jdbcUrl());
    properties.put("spring.datasource.username", runtime.user());
    properties.put("spring.datasource.password", runtime.password());
    return AssayWeb.start(properties, others);
  }
}
