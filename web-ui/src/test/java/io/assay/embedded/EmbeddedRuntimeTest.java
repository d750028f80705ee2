package io.assay.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was committed and acknowledged stays, however the process ends. */
final class EmbeddedRuntimeTest {
  private static final int ENOUGH = 200;

  @Test
  void anOrderlyRestartKeepsRowsRecordsAndPorts() throws Exception {
    EmbeddedSettings settings = EmbeddedSettings.in(TestFolders.dataFolder("restart"));
    String jdbcUrl;
    String bootstrapServers;
    try (EmbeddedRuntime runtime = EmbeddedRuntime.start(settings)) {
      jdbcUrl = runtime.jdbcUrl();
      bootstrapServers = runtime.bootstrapServers();
      runtime.createTopics(List.of(new NewTopic(EmbeddedProcess.TOPIC, 1, (short) 1)));
      runtime.createTopics(List.of(new NewTopic(EmbeddedProcess.TOPIC, 1, (short) 1)));
      try (var connection = EmbeddedProcess.connect(runtime);
          var statement = connection.createStatement();
          var producer = EmbeddedProcess.producer(runtime)) {
        statement.execute("CREATE TABLE numbers (n int)");
        statement.execute("INSERT INTO numbers VALUES (1), (2)");
        producer.send(new ProducerRecord<>(EmbeddedProcess.TOPIC, 1)).get();
      }
    }
    try (EmbeddedRuntime runtime = EmbeddedRuntime.start(settings)) {
      assertThat(runtime.jdbcUrl()).isEqualTo(jdbcUrl);
      assertThat(runtime.bootstrapServers()).isEqualTo(bootstrapServers);
      try (var connection = EmbeddedProcess.connect(runtime)) {
        assertThat(EmbeddedProcess.rows(connection)).isEqualTo(2);
      }
      assertThat(EmbeddedProcess.records(bootstrapServers)).isEqualTo(1);
      theDeathOfTheDatabaseIsToldAndMendedByARestart(runtime, settings);
    }
  }

  private static void theDeathOfTheDatabaseIsToldAndMendedByARestart(
      EmbeddedRuntime runtime, EmbeddedSettings settings) throws Exception {
    PidFile serving = PidFile.of(runtime.folder().resolve("postgres/data")).orElseThrow();
    Commands.signal(serving.pid(), "KILL");
    EmbeddedException failure = runtime.failure().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(failure).hasMessageContaining("PostgreSQL ended with status 137");
    runtime.close();
    try (EmbeddedRuntime again = EmbeddedRuntime.start(settings);
        var connection = EmbeddedProcess.connect(again)) {
      assertThat(EmbeddedProcess.rows(connection)).isEqualTo(2);
    }
  }

  static Stream<TestUser> users() {
    return Stream.of(TestUser.values());
  }

  @ParameterizedTest
  @MethodSource("users")
  void killingTheProcessLosesNothingAndLeavesNoOrphan(TestUser user) throws Exception {
    assumeThat(user.available()).as("may run a process as %s", user).isTrue();
    Path folder = user.own(TestFolders.dataFolder("kill"));
    long postgres;
    long committed;
    long acknowledged;
    try (ChildJvm writer = ChildJvm.start(user.prefix(), "write", folder.toString())) {
      postgres = writer.awaitNumber("postgres");
      while (writer.awaitNumber("committed") < ENOUGH) {
        // Kill it only in full flight.
      }
      writer.awaitNumber("acknowledged");
      writer.kill();
      var last = writer.finish();
      committed = Long.parseLong(last.get("committed"));
      acknowledged = Long.parseLong(last.get("acknowledged"));
      assertThat(last).doesNotContainKey("lost");
    }
    try (ChildJvm counter = ChildJvm.start(user.prefix(), "count", folder.toString())) {
      var counted = counter.finish();
      assertThat(Long.parseLong(counted.get("rows"))).isGreaterThanOrEqualTo(committed);
      assertThat(Long.parseLong(counted.get("records"))).isGreaterThanOrEqualTo(acknowledged);
      assertThat(Path.of("/proc/" + postgres)).doesNotExist();
      assertThat(Path.of("/proc/" + counted.get("postgres"))).doesNotExist();
    }
  }

  /** Ctrl-C in a terminal reaches every process of the group, and must not reach the database. */
  @Test
  void interruptingTheGroupClosesUsersBeforeServers() throws Exception {
    Path folder = TestFolders.dataFolder("interrupt");
    // A build in the background ignores interrupts, and so would the child.
    try (ChildJvm child =
        ChildJvm.start(
            List.of("env", "--default-signal=INT", "setsid"), "wait", folder.toString())) {
      child.await("waiting");
      Commands.run(List.of("sh", "-c"), "kill -INT -" + child.pid());
      var last = child.finish();
      assertThat(last).containsEntry("first", "true").containsEntry("last", "true");
      assertThat(folder.resolve("postgres/data/postmaster.pid")).doesNotExist();
      assertThat(Files.readString(folder.resolve("postgres/log")))
          .contains("database system is shut down");
    }
  }

  @Test
  void theDatabaseAsksForItsPassword() {
    TestPostgres.Database open = TestPostgres.shared().fresh();
    TestPostgres.Database guess = new TestPostgres.Database(open.jdbcUrl(), open.user(), "guess");
    assertThatThrownBy(guess::connect).hasMessageContaining("password authentication failed");
  }
}
