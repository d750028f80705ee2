package io.assay.stream.app;

import io.assay.stream.contract.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Processors that follow published rules, in a JVM that tests kill. Arguments: broker, prefix,
 * state folder. Ends, in order, with its input.
 */
final class FollowingProcess {
  private FollowingProcess() {}

  public static void main(String[] args) throws IOException {
    ProcessorSettings settings =
        ProcessorSettings.of(args[0], Path.of(args[2])).in("street", new Topics(args[1]));
    try (ProjectRules rules = ProjectRules.follow(settings);
        StreamProcessors processors = StreamProcessors.follow(rules, settings)) {
      while (System.in.read() >= 0) {
        // Until whoever started this ends it, or ends.
      }
      System.out.println(processors.rules());
    }
  }

  static Process start(String bootstrapServers, String prefix, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FollowingProcess.class.getName(), bootstrapServers, prefix));
    command.add(folder.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("processors.log").toFile()))
        .start();
  }
}
