package io.assay.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A running call of the launcher, from another folder and without a home. */
final class Call {
  private final Process process;
  private final Path err;

  private Call(Process process, Path err) {
    this.process = process;
    this.err = err;
  }

  /** How it ended, and what it said on either output. */
  record Answer(int status, String out, String err) {}

  static Call start(List<String> prefix, Path assay, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(assay.toString());
    command.addAll(List.of(arguments));
    Path err = Files.createTempFile("launcher", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("HOME", "ASSAY_JAVA_OPTS", "MAVEN_ARGS"));
    String repository = System.getProperty("assay.repository", "");
    builder.environment().put("MAVEN_OPTS", "-Dmaven.repo.local=" + repository);
    return new Call(builder.start(), err);
  }

  Answer answer() throws IOException {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.onExit().join().exitValue();
    Answer answer = new Answer(status, out, Files.readString(err));
    Files.delete(err);
    return answer;
  }
}
