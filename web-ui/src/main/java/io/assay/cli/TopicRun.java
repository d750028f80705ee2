package io.assay.cli;

import io.assay.stream.contract.TopicCreation;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.TopicState;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;

/** One look at the topics of a broker, and what follows from it. */
final class TopicRun {
  private final TopicOptions wanted;
  private final List<TopicPlan> plans;
  private final BrokerAccess access;
  private final PrintWriter out;

  private TopicRun(
      TopicOptions wanted, List<TopicPlan> plans, BrokerAccess access, PrintWriter out) {
    this.wanted = wanted;
    this.plans = plans;
    this.access = access;
    this.out = out;
  }

  static TopicRun of(TopicOptions wanted, CommandLine command) {
    return new TopicRun(
        wanted, wanted.plans(command), wanted.broker.access(command), command.getOut());
  }

  ExitStatus list() throws InterruptedException {
    try (Admin admin = admin()) {
      return tell(answers(TopicCreation.look(admin, plans), TopicAnswer.Kind.MISSING));
    } catch (KafkaException problem) {
      throw access.failed(problem);
    }
  }

  ExitStatus create(boolean dryRun) throws InterruptedException {
    try (Admin admin = admin()) {
      List<TopicState> before = TopicCreation.look(admin, plans);
      if (dryRun) {
        return tell(answers(before, TopicAnswer.Kind.WOULD_BE_CREATED));
      }
      return tell(
          answers(
              TopicCreation.make(admin, before, Optional.ofNullable(wanted.replicas)),
              TopicAnswer.Kind.CREATED));
    } catch (KafkaException problem) {
      throw access.failed(problem);
    }
  }

  private List<TopicAnswer> answers(List<TopicState> states, TopicAnswer.Kind missing) {
    return states.stream().map(state -> TopicAnswer.of(state, missing, wanted)).toList();
  }

  private ExitStatus tell(List<TopicAnswer> answers) {
    switch (wanted.answer.format) {
      case text -> TopicText.write(answers, out);
      case json -> TopicText.json(answers, out);
    }
    out.flush();
    return answers.stream().allMatch(TopicAnswer::isWell)
        ? ExitStatus.WELL
        : ExitStatus.CHECK_FAILED;
  }

  private Admin admin() {
    return Admin.create(
        access.with(Map.of("request.timeout.ms", 5_000, "default.api.timeout.ms", 10_000)));
  }
}
