package io.assay.stream.repair;

import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records that are replayed together, in one transaction: all of them, or none.
 *
 * @param chosen which
 * @param how what is to be done with these or with some of them, in their order
 */
record Round(List<Chosen> chosen, Function<List<Chosen>, List<Step>> how) {
  Round {
    chosen = List.copyOf(chosen);
  }

  List<Step> plan(List<Chosen> some) {
    return some.isEmpty() ? List.of() : how.apply(some);
  }

  /** What is to be done with a record, and what is sent of it. */
  record Step(Chosen chosen, ReplayPlan plan, List<ProducerRecord<byte[], byte[]>> records) {
    Step {
      records = List.copyOf(records);
    }

    static Step refused(Chosen chosen, String why) {
      return new Step(chosen, new ReplayPlan.Refused(why), List.of());
    }
  }
}
