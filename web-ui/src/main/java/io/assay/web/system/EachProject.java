package io.assay.web.system;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is done for all open projects every now and then: one that fails holds up no other. */
@Component
public class EachProject {
  private static final Logger LOG = LoggerFactory.getLogger(EachProject.class);

  private final JdbcClient jdbc;

  EachProject(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** {@code what}: as in "what of a project is looked at again later", where it fails. */
  public void look(String what, Consumer<String> project) {
    for (String name :
        jdbc.sql("SELECT name FROM project WHERE closed IS NULL").query(String.class).list()) {
      try {
        project.accept(name);
      } catch (RuntimeException failure) {
        LOG.warn("{} of {} are looked at again later: {}", what, name, failure.toString());
      }
    }
  }
}
