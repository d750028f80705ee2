package io.assay.drill;

import io.assay.embedded.EmbeddedRuntime;
import io.assay.embedded.EmbeddedSettings;
import java.io.IOException;
import java.nio.file.Path;

/** A broker in a process of its own, and PostgreSQL below it. Argument: their folder. */
final class ServersProcess {
  private ServersProcess() {}

  public static void main(String[] arguments) throws IOException {
    EmbeddedRuntime runtime = EmbeddedRuntime.start(EmbeddedSettings.in(Path.of(arguments[0])));
    Child.say("brokers", runtime.bootstrapServers());
    Child.say("database", runtime.jdbcUrl());
    Child.say("user", runtime.user());
    Child.say("password", runtime.password());
    Child.serve();
    Runtime.getRuntime().halt(0);
  }
}
