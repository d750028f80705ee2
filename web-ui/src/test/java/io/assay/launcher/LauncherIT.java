package io.assay.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.assay.launcher.Call.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code assay} script on a copy of the sources, built once by two calls at the same time. */
final class LauncherIT {
  private static final Path ORIGINAL = Path.of(System.getProperty("assay.root", ".."));
  private static final List<String> OTHER_USER =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
  private static final String BUILDING = "assay: building";

  @TempDir static Path temporary;

  private static SourceCopy copy = new SourceCopy(Path.of("unset"));
  private static List<Answer> first = List.of();

  @BeforeAll
  static void buildByTwoCallsAtOnce() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    copy = SourceCopy.of(ORIGINAL, temporary.resolve("a folder, with spaces"));
    Call one = Call.start(List.of(), copy.assay(), "--version");
    Call other = Call.start(List.of(), copy.assay(), "--version");
    first = List.of(one.answer(), other.answer());
  }

  @Test
  void twoCallsBuildOnceAndBothAnswer() {
    assertThat(first)
        .allSatisfy(
            answer -> {
              assertThat(answer.err()).doesNotContain("ERROR");
              assertThat(answer.status()).isZero();
              assertThat(answer.out()).matches("assay \\S+\n");
            });
    assertThat(first).filteredOn(answer -> answer.err().contains(BUILDING)).hasSize(1);
  }

  /** Another folder and another time, the same bytes. */
  @Test
  void theBuildIsReproducible() throws Exception {
    Map<String, String> here = jars(ORIGINAL);
    assertThat(here).hasSizeGreaterThanOrEqualTo(5);
    assertThat(jars(copy.root()))
        .as("a clean build elsewhere; leftovers in target/ differ too, 'mvn clean' removes them")
        .isEqualTo(here);
  }

  @Test
  void aLinkFromAnotherFolderIsFollowed() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), copy.assay());
    Path relative = Files.createSymbolicLink(temporary.resolve("relative"), Path.of("link"));
    for (Path call : List.of(link, relative)) {
      Answer answer = Call.start(List.of(), call, "--version").answer();
      assertThat(answer.err()).isEmpty();
      assertThat(answer.status()).isZero();
    }
  }

  @Test
  void wrongUseIsStatusTwoAndSaysNothingOnStandardOutput() throws IOException {
    Answer answer = Call.start(List.of(), copy.assay(), "no such command").answer();
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains("no such command");
  }

  @Test
  void onlyContentsMakeABuildOld() throws IOException {
    Path source = copy.root().resolve("web-ui/src/main/java/io/assay/cli/Assay.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
    assertThat(Call.start(List.of(), copy.assay(), "--version").answer().err()).isEmpty();
    String whole = Files.readString(source);
    Files.writeString(source, whole + "// changed\n");
    try {
      assumeThat(mayBeAnotherUser()).as("may run as another user").isTrue();
      Answer stale = Call.start(OTHER_USER, copy.assay(), "--version").answer();
      assertThat(stale.status()).isEqualTo(3);
      assertThat(stale.out()).isEmpty();
      assertThat(stale.err()).contains("the sources have changed since the build", "not writable");
    } finally {
      Files.writeString(source, whole);
    }
  }

  @Test
  void aBuiltFolderServesUsersWhoMayOnlyReadIt() throws IOException {
    assumeThat(mayBeAnotherUser()).as("may run as another user").isTrue();
    Answer answer = Call.start(OTHER_USER, copy.assay(), "--version").answer();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.status()).isZero();
  }

  @Test
  void withoutJavaItSaysWhatToInstall() throws IOException {
    List<String> hidden =
        List.of(
            "unshare",
            "-m",
            "env",
            "-u",
            "JAVA_HOME",
            "PATH=/usr/bin:/bin",
            "sh",
            "-c",
            "mount -t tmpfs none /usr/lib/jvm && exec \"$0\" \"$@\"");
    boolean gone = succeeds(hidden, "sh", "-c", "! command -v java && ! ls -d /opt/*/bin/java");
    assumeThat(gone).as("may hide the machine's Java").isTrue();
    Answer answer = Call.start(hidden, copy.assay(), "--version").answer();
    assertThat(answer.status()).isEqualTo(3);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .contains("needs a JDK 21 or newer, found none", "apt-get install openjdk-21-jdk");
  }

  private static boolean mayBeAnotherUser() throws IOException {
    return succeeds(OTHER_USER, "test", "-r", System.getProperty("java.home"));
  }

  private static boolean succeeds(List<String> prefix, String... command) throws IOException {
    return new ProcessBuilder(Stream.concat(prefix.stream(), Stream.of(command)).toList())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .onExit()
            .join()
            .exitValue()
        == 0;
  }

  /** The digests of all modules' jars, by file name. */
  private static Map<String, String> jars(Path root) throws IOException, NoSuchAlgorithmException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : (Iterable<Path>) modules::iterator) {
        Path target = module.resolve("target");
        if (Files.exists(module.resolve("pom.xml")) && Files.isDirectory(target)) {
          try (var built = Files.newDirectoryStream(target, "*.jar")) {
            for (Path jar : built) {
              digests.put(jar.getFileName().toString(), digest(jar));
            }
          }
        }
      }
    }
    return digests;
  }

  private static String digest(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
