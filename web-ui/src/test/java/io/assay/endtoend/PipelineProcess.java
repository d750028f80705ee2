package io.assay.endtoend;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.EmbeddedRuntime;
import io.assay.embedded.EmbeddedSettings;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.app.StreamProcessors;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.sink.Sink;
import io.assay.web.sink.SinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Broker, database, processors and sink in one JVM, which tests start and kill. Arguments: the data
 * folder, then the rule files, each named after its project. Ends, in order, with its input.
 */
final class PipelineProcess {
  private static final int PARTITIONS = 3;

  private PipelineProcess() {}

  public static void main(String[] args) throws IOException {
    EmbeddedRuntime runtime = EmbeddedRuntime.start(EmbeddedSettings.in(Path.of(args[0])));
    Flyway.configure()
        .dataSource(runtime.jdbcUrl(), runtime.user(), runtime.password())
        .load()
        .migrate();
    runtime.createTopics(
        Topics.standard().plans(PARTITIONS).stream().map(TopicPlan::newTopic).toList());
    List<AutoCloseable> users = new ArrayList<>();
    for (String rules : List.of(args).subList(1, args.length)) {
      users.add(processors(runtime, Path.of(rules)));
    }
    var database = new PGSimpleDataSource();
    database.setUrl(runtime.jdbcUrl());
    database.setUser(runtime.user());
    database.setPassword(runtime.password());
    users.add(
        Sink.start(
            database, SinkSettings.of(runtime.bootstrapServers(), "assay").withInstance("test")));
    runtime.closeOnExit(users.toArray(AutoCloseable[]::new));
    System.out.println(
        String.join(
            " ",
            runtime.bootstrapServers(),
            runtime.jdbcUrl(),
            runtime.user(),
            runtime.password()));
    while (System.in.read() >= 0) {
      // Until whoever started this ends it, or ends.
    }
    System.exit(0);
  }

  private static StreamProcessors processors(EmbeddedRuntime runtime, Path file)
      throws IOException {
    String project = String.valueOf(file.getFileName()).replace(".assay", "");
    var rules =
        new RuleCompiler()
            .compile(List.of(new SourceFile(project, Files.readString(file))))
            .rules()
            .orElseThrow();
    runtime.createTopics(
        rules.streams().stream()
            .map(stream -> new NewTopic(stream.topic(), PARTITIONS, (short) 1))
            .toList());
    return StreamProcessors.start(
        rules,
        ProcessorSettings.of(
                runtime.bootstrapServers(), runtime.folder().resolve("streams-" + project))
            .in(project, Topics.standard())
            // recordings are sent in parts, and a pause between these is none of the street's
            .idleAfter(Duration.ofDays(1)));
  }
}
