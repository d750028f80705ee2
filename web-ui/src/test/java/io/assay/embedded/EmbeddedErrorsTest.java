package io.assay.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.assay.embedded.EmbeddedException.Problem;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each trouble is told apart, with what was needed, what came, and what to do. */
final class EmbeddedErrorsTest {

  @Test
  void aFixedPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      EmbeddedSettings any = EmbeddedSettings.in(TestFolders.untilExit("port"));
      assertThat(refusal(() -> EmbeddedRuntime.start(any.withPorts(port, 0))))
          .returns(Problem.PORT_TAKEN, EmbeddedException::problem)
          .hasMessageContaining("PostgreSQL needs port " + port + " on 127.0.0.1");
      assertThat(refusal(() -> EmbeddedRuntime.start(any.withPorts(0, port))))
          .returns(Problem.PORT_TAKEN, EmbeddedException::problem)
          .hasMessageContaining("Kafka needs port " + port + " on 127.0.0.1");
    }
  }

  /** Between our look and the server's own, somebody else may have been faster. */
  @Test
  void aPortThatIsTakenAtTheLastMoment() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Path folder = TestFolders.untilExit("race");
      assertThat(refusal(() -> postgres(folder.resolve("postgres"), port)))
          .returns(Problem.PORT_TAKEN, EmbeddedException::problem)
          .hasMessageContaining("PostgreSQL needs port " + port);
      assertThat(
              refusal(
                  () ->
                      EmbeddedBroker.start(folder.resolve("kafka"), port, TestFolders.freePort())))
          .returns(Problem.PORT_TAKEN, EmbeddedException::problem)
          .hasMessageContaining("Kafka needs port " + port);
    }
  }

  @Test
  void aSecondInstanceOnTheFolder() throws Exception {
    Path path = TestFolders.untilExit("twice");
    String here = Long.toString(ProcessHandle.current().pid());
    try (DataFolder folder = DataFolder.open(path, 0)) {
      assertThat(refusal(() -> DataFolder.open(path, 0)))
          .returns(Problem.IN_USE, EmbeddedException::problem)
          .hasMessageContaining(folder.path() + " must be free, but process " + here);
      try (ChildJvm other = ChildJvm.start(List.of(), "count", path.toString())) {
        assertThat(other.finish().get("IN_USE"))
            .contains(folder.path() + " must be free, but process " + here);
      }
    }
    try (DataFolder again = DataFolder.open(path, 0)) {
      assertThat(again.path().resolve("lock")).hasContent(here);
    }
  }

  @Test
  void aFileInPlaceOfTheFolder() throws Exception {
    Path file = Files.createFile(TestFolders.untilExit("file").resolve("data"));
    assertThat(refusal(() -> EmbeddedRuntime.start(EmbeddedSettings.in(file))))
        .returns(Problem.NOT_WRITABLE, EmbeddedException::problem)
        .hasMessageContaining("it is a file");
  }

  @Test
  void aFolderOfAnotherUser() throws Exception {
    assumeThat(TestUser.NAMED.available()).as("may run a process as another user").isTrue();
    Path folder = TestFolders.untilExit("foreign");
    TestUser.NAMELESS.own(folder);
    try (ChildJvm child = ChildJvm.start(TestUser.NAMED.prefix(), "count", folder.toString())) {
      assertThat(child.finish().get("NOT_WRITABLE"))
          .contains("the data folder " + folder + " must be writable by this user");
    }
    Path cluster = Files.createDirectories(folder.resolve("postgres/data"));
    TestUser.NAMELESS.own(folder);
    assertThat(refusal(() -> EmbeddedRuntime.start(EmbeddedSettings.in(folder))))
        .returns(Problem.NOT_WRITABLE, EmbeddedException::problem)
        .hasMessageContaining("its database belongs to user 54321");
    assertThat(cluster).isEmptyDirectory();
    assertThat(folder.resolve("kafka")).doesNotExist();
  }

  @Test
  void aDiskThatHasLessThanAskedFor() throws Exception {
    EmbeddedSettings greedy =
        EmbeddedSettings.in(TestFolders.untilExit("greedy")).withMinimumFree(1L << 60);
    assertThat(refusal(() -> EmbeddedRuntime.start(greedy)))
        .returns(Problem.DISK_FULL, EmbeddedException::problem)
        .hasMessageContaining("needs 1099511627776.0 MB free, but the disk has");
  }

  /** 20 MB end while PostgreSQL is unpacked, 70 MB while its database is made. */
  @ParameterizedTest
  @ValueSource(ints = {20, 70})
  void aDiskThatEndsDuringTheFirstStart(int megabytes) throws Exception {
    assertThat(onSmallDisk("count", megabytes).get("DISK_FULL")).contains("free some space");
  }

  @Test
  void aDiskThatEndsWhileTheBrokerRuns() throws Exception {
    assertThat(onSmallDisk("fill", 300).get("DISK_FULL")).contains("Kafka gave up");
  }

  @ParameterizedTest
  @CsvSource({"global/pg_control, pg_control", "PG_VERSION, PG_VERSION"})
  void aDamagedDatabase(String file, String named) throws Exception {
    Path home = TestFolders.untilExit("damaged");
    postgres(home, TestFolders.freePort()).close();
    Files.write(home.resolve("data").resolve(file), new byte[0]);
    assertThat(refusal(() -> postgres(home, TestFolders.freePort())))
        .returns(Problem.DAMAGED, EmbeddedException::problem)
        .hasMessageContaining("PostgreSQL cannot use its data in " + home)
        .hasMessageContaining(named)
        .hasMessageContaining("restore the folder");
  }

  @Test
  void aDamagedBroker() throws Exception {
    Path home = TestFolders.untilExit("damaged").resolve("kafka");
    broker(home).close();
    Path meta = home.resolve("meta.properties");
    String whole = Files.readString(meta);
    Files.writeString(meta, whole.replace("node.id=1", "node.id=7"));
    assertThat(refusal(() -> broker(home)))
        .returns(Problem.DAMAGED, EmbeddedException::problem)
        .hasMessageContaining("Kafka cannot use its data in " + home);
    Files.write(meta, new byte[] {0, 1, 2});
    assertThat(refusal(() -> broker(home))).returns(Problem.DAMAGED, EmbeddedException::problem);
    Files.delete(meta);
    assertThat(refusal(() -> broker(home)))
        .returns(Problem.DAMAGED, EmbeddedException::problem)
        .hasMessageContaining("meta.properties is missing");
    Files.writeString(meta, whole);
    broker(home).close();
  }

  /** Left to itself, the broker would take the topic for a stray and delete it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBrokerThatForgotItsTopics(boolean cut) throws Exception {
    Path home = TestFolders.untilExit("forgot").resolve("kafka");
    EmbeddedBroker broker = broker(home);
    Topics.create(broker.bootstrapServers(), List.of(new NewTopic("kept", 1, (short) 1)));
    broker.close();
    broker(home).close();
    Path log = home.resolve("__cluster_metadata-0/00000000000000000000.log");
    byte[] bytes = Files.readAllBytes(log);
    byte[] damaged = cut ? Arrays.copyOf(bytes, 300) : bytes.clone();
    Arrays.fill(damaged, 200, 300, (byte) 7);
    Files.write(log, damaged);
    assertThat(refusal(() -> broker(home)))
        .returns(Problem.DAMAGED, EmbeddedException::problem)
        .hasMessageContaining("its metadata log does not know kept-0 any more");
    assertThat(home.resolve("kept-0")).isDirectory();
    Files.write(log, bytes);
    broker(home).close();
  }

  @Test
  void settingsThatCannotBe() {
    EmbeddedSettings settings = EmbeddedSettings.in(Path.of("unused"));
    assertThatThrownBy(() -> settings.withPorts(70_000, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("postgresPort needs 0 to 65535, got 70000");
    assertThatThrownBy(() -> settings.withMinimumFree(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minimumFree needs bytes >= 0, got -1");
  }

  private static Map<String, String> onSmallDisk(String what, int megabytes) throws Exception {
    Path folder = TestFolders.untilExit("small");
    String mount = "mount -t tmpfs -o size=" + megabytes + "m tmpfs \"$0\"";
    List<String> space = List.of("unshare", "-m");
    List<String> fake = List.of("unshare", "-r", "-m");
    List<String> shell = List.of("sh", "-c", mount + " && exec \"$@\"", folder.toString());
    List<String> chosen =
        Commands.succeeds(space, "sh", "-c", mount, folder.toString()) ? space : fake;
    assumeThat(Commands.succeeds(chosen, "sh", "-c", mount, folder.toString()))
        .as("may mount a small disk")
        .isTrue();
    List<String> prefix = new ArrayList<>(chosen);
    prefix.addAll(shell);
    try (ChildJvm child = ChildJvm.start(prefix, what, folder.toString(), "0")) {
      return child.finish();
    }
  }

  private static EmbeddedPostgres postgres(Path home, int port) {
    return EmbeddedPostgres.start(home, TestFolders.binaries(), port, Map.of());
  }

  private static EmbeddedBroker broker(Path home) {
    return EmbeddedBroker.start(home, TestFolders.freePort(), TestFolders.freePort());
  }

  /** What was refused; a server that started after all is stopped. */
  private static EmbeddedException refusal(Callable<AutoCloseable> start) {
    return catchThrowableOfType(EmbeddedException.class, () -> start.call().close());
  }
}
