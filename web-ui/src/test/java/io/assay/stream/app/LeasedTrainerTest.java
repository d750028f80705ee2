package io.assay.stream.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerFollower;
import io.assay.stream.contract.ImputerObserved;
import io.assay.stream.contract.ImputerWriter;
import io.assay.stream.contract.ImputersInUse;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.stream.imputation.ImputedStream;
import io.assay.stream.training.LeasedTrainer;
import io.assay.stream.training.TrainerSettings;
import io.assay.stream.training.TrainingStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** The life of an imputer, on a real broker. */
class LeasedTrainerTest {
  private static final List<String> REGIONS = List.of("north", "south", "east", "west");

  private final TestBroker broker = TestBroker.shared();
  private final Topics topics = new Topics(broker.name("training"));
  private final String source = broker.freshTopic("loans", 2);
  private final Map<String, Object> clients =
      Map.of("bootstrap.servers", broker.bootstrapServers());
  private final ImputersInUse inUse = new ImputersInUse();
  private final ImputedStream loans = ImputedStream.of(rules(source)).getFirst();

  @Test
  void oneTrainsPromotesWhatIsBetterLeavesWhatIsPinnedAndGoesOnAfterARestart() throws Exception {
    broker.createTopics(topics.plans(1).stream().map(TopicPlan::newTopic).toList());
    try (var follower = ImputerFollower.start(clients, topics, inUse)) {
      Supplier<List<ImputerCard>> cards = () -> follower.table().cards("p", "loans");
      try (var leader = leading("second");
          // By its name it would be first in line for the partition, and does not take it.
          var joins = trainer("first")) {
        await(() -> status(leader).message().contains("1000 rows are needed"));
        send(2200);
        await(() -> inForce() == 1);
        assertThat(cards.get().getLast().rows()).isBetween(1700, 1900);
        assertThat(cards.get().getLast().columns())
            .extracting(ImputerCard.Column::name)
            .containsExactly("income", "age", "region");

        for (int round = 0; cards.get().stream().noneMatch(LeasedTrainerTest::hasLater); round++) {
          assertThat(round).isLessThan(60);
          sendLater(round);
          Thread.sleep(500);
        }
        await(() -> cards.get().stream().anyMatch(card -> !card.promoted()));
        ImputerCard worse =
            cards.get().stream().filter(card -> !card.promoted()).findFirst().orElseThrow();
        assertThat(worse.warm()).isTrue();
        assertThat(worse.measured().incumbent()).isNotNull();
        assertThat(inForce()).isNotEqualTo(worse.version());

        var wish = new ImputerChoice("p", "loans", worse.version(), true, "somebody", "", 1);
        new ImputerWriter(clients, topics).want(wish, Optional.empty());
        await(() -> inForce() == worse.version());
        await(() -> cards.get().getFirst().why().contains("the one in force is pinned"));
        assertThat(cards.get().getFirst().measured().incumbent()).isEqualTo(worse.version());
        assertThat(status(leader).trainings() - cards.get().size()).isBetween(0L, 1L);
        assertThat(status(joins).state()).isEqualTo(TrainingStatus.State.ELSEWHERE);
        assertThat(status(joins).trainings()).isZero();
      }
      long before = cards.get().getFirst().version();
      try (var third = trainer("first")) {
        await(() -> cards.get().getFirst().version() > before);
        assertThat(status(third).trainings()).isPositive();
        assertThat(cards.get()).hasSizeLessThanOrEqualTo(7);
      }
      assertThat(follower.table().pinned("p", "loans").orElseThrow().by()).isEqualTo("somebody");
      assertThat(inForce()).isEqualTo(follower.table().choices("p", "loans").getFirst().version());
    }
  }

  private static CheckedRules rules(String topic) {
    String text =
        """
        language 1
        stream loans from topic "%s" {
          key applicant string
          time at timestamp(millis)
          features { income double? age int? region enum("north", "south", "east", "west")? }
          impute features every 1s from last 2000 events
        }
        """
            .formatted(topic);
    Compilation compilation =
        new RuleCompiler().compile(List.of(new SourceFile("loans.assay", text)));
    return compilation.rules().orElseThrow(() -> new AssertionError(compilation.issues()));
  }

  private LeasedTrainer trainer(String instance) {
    var settings =
        new TrainerSettings("p", topics, instance, clients, TrainerSettings.DEFAULT_MOST_TRAINING);
    var trainer =
        LeasedTrainer.of(
            () -> Optional.of(new LeasedTrainer.Streams(1, List.of(loans))),
            () -> true,
            settings,
            Clock.systemUTC());
    trainer.start();
    return trainer;
  }

  /** That has the lease. */
  private LeasedTrainer leading(String instance) throws InterruptedException {
    LeasedTrainer trainer = trainer(instance);
    await(() -> status(trainer).state() != TrainingStatus.State.ELSEWHERE);
    return trainer;
  }

  private static TrainingStatus status(LeasedTrainer trainer) {
    return trainer.status().getFirst();
  }

  /** 0 for none. */
  private long inForce() {
    return switch (inUse.of("p", "loans", loans.groupHash())) {
      case ImputersInUse.Found.InForce(var ready, var ignored) -> ready.card().version();
      case ImputersInUse.Found.Missing ignored -> 0;
    };
  }

  private void send(int events) throws Exception {
    var random = new Random(1);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      int region = random.nextInt(4);
      int age = 20 + random.nextInt(50);
      int income = 10_000 * (region + 1) + 100 * age + random.nextInt(500);
      String features =
          "\"age\":%d%s%s"
              .formatted(
                  age,
                  random.nextInt(10) == 0 ? "" : ",\"income\":" + income,
                  random.nextInt(10) == 0 ? "" : ",\"region\":\"" + REGIONS.get(region) + '"');
      String event =
          "{\"applicant\":\"p%d\",\"at\":%d,\"features\":{%s}}".formatted(i, i, features);
      byte[] bytes = (i == 5 ? "{" : event).getBytes(UTF_8);
      records.add(new ProducerRecord<>(source, i % 2, null, bytes));
    }
    broker.send(records);
  }

  /** Events whose income is missing, and comes a moment later. */
  private void sendLater(int round) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      for (String income : List.of("", "\"income\":24500,")) {
        String event =
            "{\"applicant\":\"q%d-%d\",\"at\":%d,\"features\":{%s\"age\":45,\"region\":\"south\"}}"
                .formatted(round, i, i, income);
        records.add(new ProducerRecord<>(source, i % 2, null, event.getBytes(UTF_8)));
      }
    }
    broker.send(records);
  }

  private static boolean hasLater(ImputerCard card) {
    ImputerObserved observed = card.observed();
    return observed != null
        && observed.later() != null
        && observed.later().columns().stream()
            .anyMatch(column -> column.column().equals("income") && column.cells() >= 20);
  }

  private static void await(BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.sleep(50);
    }
  }
}
