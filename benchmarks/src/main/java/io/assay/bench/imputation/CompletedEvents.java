package io.assay.bench.imputation;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.Row;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.imputation.AimNet;
import io.assay.imputation.Table;
import io.assay.stream.imputation.Completion;
import io.assay.stream.imputation.ImputedStream;
import io.assay.stream.imputation.ImputersInForce;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a stream pays for an event with a gap: read, filled, written, and read again. */
final class CompletedEvents {
  private static final int ASKED = 100_000;
  private static final Coordinates NOWHERE = new Coordinates("events", 0, 0);

  private CompletedEvents() {}

  static void measure(AimNet imputer, Table rows, int categories) {
    CheckedRules rules = rules(rows.names(), categories);
    ImputedStream stream = ImputedStream.of(rules, "events").orElseThrow();
    var completion = new Completion(stream, always(imputer));
    EventDecoder decoder = EventDecoder.of(stream.type(), new HashSet<>(completion.reads()));
    List<byte[]> events = events(rows, categories);
    double[] decoded = new double[5];
    double[] completed = new double[5];
    for (int round = -2; round < 5; round++) {
      double plain = decode(decoder, events);
      double filled = complete(decoder, completion, events);
      if (round >= 0) {
        decoded[round] = plain;
        completed[round] = filled;
      }
    }
    Arrays.sort(decoded);
    Arrays.sort(completed);
    System.out.printf(
        Locale.ROOT,
        "an event of the stream with a gap: %.1f µs more than the %.1f µs that it is read in%n",
        (completed[2] - decoded[2]) / 1e3,
        decoded[2] / 1e3);
  }

  private static double decode(EventDecoder decoder, List<byte[]> events) {
    long began = System.nanoTime();
    for (int i = 0; i < ASKED; i++) {
      root(decoder, events.get(i % events.size()));
    }
    return (double) (System.nanoTime() - began) / ASKED;
  }

  private static double complete(EventDecoder decoder, Completion completion, List<byte[]> events) {
    long began = System.nanoTime();
    for (int i = 0; i < ASKED; i++) {
      byte[] event = events.get(i % events.size());
      byte[] filled = completion.complete(event, root(decoder, event));
      if (filled.length <= event.length) {
        throw new IllegalStateException("a gap was not filled");
      }
      root(decoder, filled);
    }
    return (double) (System.nanoTime() - began) / ASKED;
  }

  private static Row root(EventDecoder decoder, byte[] event) {
    return switch (decoder.decode(event, null, NOWHERE, 0)) {
      case Decoded.Readable(var read) -> read.root();
      case Decoded.Unreadable(var cause, var detail) ->
          throw new IllegalStateException(cause + ": " + detail);
    };
  }

  private static List<byte[]> events(Table rows, int categories) {
    List<byte[]> events = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      List<String> cells = rows.row(row);
      List<String> fields = new ArrayList<>();
      for (int c = 0; c < cells.size(); c++) {
        if (c != row % cells.size()) {
          String cell = c < categories ? '"' + cells.get(c) + '"' : cells.get(c);
          fields.add("\"%s\":%s".formatted(rows.names().get(c), cell));
        }
      }
      String event =
          "{\"key\":\"k%d\",\"at\":%d,\"features\":{%s}}"
              .formatted(row % 100, row, String.join(",", fields));
      events.add(event.getBytes(StandardCharsets.UTF_8));
    }
    return events;
  }

  private static CheckedRules rules(List<String> names, int categories) {
    StringBuilder text = new StringBuilder("stream events from topic \"bench.events\" {\n");
    text.append("key key string\ntime at timestamp(millis)\nfeatures {\n");
    for (int c = 0; c < names.size(); c++) {
      text.append(names.get(c)).append(c < categories ? " string?\n" : " double?\n");
    }
    text.append("}\nimpute features every 6h from last 50000 events\n}\n");
    var compiled =
        new RuleCompiler().compile(List.of(new SourceFile("bench.assay", text.toString())));
    return compiled
        .rules()
        .orElseThrow(() -> new IllegalStateException(compiled.issues().toString()));
  }

  private static ImputersInForce always(AimNet imputer) {
    return new ImputersInForce() {
      @Override
      public Optional<InForce> of(String stream, String groupHash) {
        return Optional.of(new InForce(1, imputer, 0));
      }

      @Override
      public boolean canWrite(String stream) {
        return true;
      }
    };
  }
}
