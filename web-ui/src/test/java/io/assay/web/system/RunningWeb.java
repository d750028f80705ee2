package io.assay.web.system;

import io.assay.embedded.TestPostgres;
import java.util.HashMap;
import java.util.Map;

/** The whole web interface on a database of its own, as a user would meet it on the first start. */
public final class RunningWeb implements AutoCloseable {
  private final TestPostgres.Database database;
  private final AssayWeb.Running running;

  private RunningWeb(TestPostgres.Database database, AssayWeb.Running running) {
    this.database = database;
    this.running = running;
  }

  public static RunningWeb start(Map<String, Object> more) {
    return start(TestPostgres.shared().migrated(), more);
  }

  public static RunningWeb start(TestPostgres.Database database, Map<String, Object> more) {
    var properties = new HashMap<String, Object>(more);
    properties.put("spring.datasource.url", database.jdbcUrl());
    properties.put("spring.datasource.username", database.user());
    properties.put("spring.datasource.password", database.password());
    properties.putIfAbsent("server.port", 0);
    // Old rows go when a test says so, and not under another's hands.
    properties.putIfAbsent("assay.retention.after", "PT12H");
    return new RunningWeb(database, AssayWeb.start(properties));
  }

  public AssayWeb.Running running() {
    return running;
  }

  public TestPostgres.Database database() {
    return database;
  }

  public String address() {
    return "http://127.0.0.1:" + running.port();
  }

  @Override
  public void close() {
    running.close();
  }
}
