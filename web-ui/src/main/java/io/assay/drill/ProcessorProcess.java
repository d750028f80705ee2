package io.assay.drill;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.app.StreamProcessors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Processors in a process of their own. Arguments: the brokers, the state folder, the rule file.
 * SIGTERM stops them in order, as it does the service.
 */
public final class ProcessorProcess {
  private ProcessorProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[2]);
    var rules =
        new RuleCompiler()
            .compile(List.of(new SourceFile(file.toString(), Files.readString(file))))
            .rules()
            .orElseThrow();
    StreamProcessors processors =
        StreamProcessors.start(rules, settings(arguments[0], Path.of(arguments[1])));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(processors::close));
    Child.serve();
    Runtime.getRuntime().halt(0);
  }

  /** Events are of a time of their own, which does not pass while one is killed. */
  static ProcessorSettings settings(String brokers, Path state) {
    return ProcessorSettings.of(brokers, state)
        .idleAfter(Duration.ofDays(1))
        .kafka(
            Map.of(
                // One that is paused is missed after ten seconds, as ever; nobody waits longer.
                "transaction.timeout.ms", "10000",
                "delivery.timeout.ms", "60000",
                "request.timeout.ms", "10000",
                "reconnect.backoff.max.ms", "500"));
  }
}
