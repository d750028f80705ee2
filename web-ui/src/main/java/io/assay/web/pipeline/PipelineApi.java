package io.assay.web.pipeline;

import io.assay.web.storage.DatabaseSizes;
import io.assay.web.storage.DiskForecast;
import io.assay.web.storage.StorageReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The page of the pipeline, for programs. */
@RestController
class PipelineApi {
  private final Pipeline pipeline;
  private final StorageReport storage;
  private final DatabaseSizes sizes;

  PipelineApi(Pipeline pipeline, StorageReport storage, DatabaseSizes sizes) {
    this.pipeline = pipeline;
    this.storage = storage;
    this.sizes = sizes;
  }

  @GetMapping("/api/v1/projects/{project}/pipeline")
  Answer show(@PathVariable String project) {
    Pipeline.View view = pipeline.of(project);
    StorageReport.Report report = storage.now();
    return new Answer(
        view.trouble(),
        view.asked().orElse(null),
        view.streams().stream().map(OfStream::of).toList(),
        view.lags().stream().map(OfGroup::of).toList(),
        view.instances().stream().map(OfInstance::of).toList(),
        view.skipped(),
        view.costs().stream().map(OfRule::of).toList(),
        report.volumes().stream().map(OfVolume::of).toList(),
        report.parts().stream().map(OfPart::of).toList(),
        view.connected(),
        view.refused(),
        view.leases().stream().map(OfLease::of).toList(),
        view.costsOf(),
        sizes.days());
  }

  /**
   * All of it.
   *
   * @param trouble why what the broker knows is not known, or is of before; empty where it is known
   * @param asked when the broker answered; null where it has not yet
   * @param skipped records that could not be stored
   * @param connected whether there is a broker to ask
   * @param refused what it would not tell
   * @param costsOf the generation of rules that costs are of; 0 where there is none
   * @param days partitions of violations, the newest first
   */
  record Answer(
      String trouble,
      @Nullable Instant asked,
      List<OfStream> streams,
      List<OfGroup> groups,
      List<OfInstance> instances,
      long skipped,
      List<OfRule> costs,
      List<OfVolume> volumes,
      List<OfPart> parts,
      boolean connected,
      List<String> refused,
      List<OfLease> leases,
      long costsOf,
      List<DatabaseSizes.Day> days) {}

  /** What one instance alone does, and until when it has that. */
  record OfLease(String name, String holder, Instant until) {
    static OfLease of(PipelineQueries.Lease lease) {
      return new OfLease(lease.name(), lease.holder(), lease.until());
    }
  }

  /** Times in seconds, from the event's own until its violation was stored; null where unknown. */
  record OfStream(
      String stream,
      double eventsPerSecond,
      @Nullable Double medianSeconds,
      @Nullable Double p95Seconds,
      long late,
      long deadLetters,
      @Nullable Long lag) {
    static OfStream of(FlowOfStream flow) {
      return new OfStream(
          flow.stream(),
          flow.perSecond(),
          flow.times().map(one -> one.median().toMillis() / 1e3).orElse(null),
          flow.times().map(one -> one.slow().toMillis() / 1e3).orElse(null),
          flow.late(),
          flow.deadLetters(),
          flow.lag().orElse(null));
    }
  }

  /** A group and a topic that it reads. */
  record OfGroup(
      String group,
      String work,
      String of,
      String state,
      String topic,
      List<OfPartition> partitions) {
    static OfGroup of(Lag lag) {
      return new OfGroup(
          lag.group(),
          lag.work().name().toLowerCase(Locale.ROOT),
          lag.of(),
          lag.state(),
          lag.topic(),
          lag.partitions().stream().map(OfPartition::of).toList());
    }
  }

  /** Null where it is not known. */
  record OfPartition(int partition, @Nullable Long next, @Nullable Long end, @Nullable Long lag) {
    static OfPartition of(Lag.Partition one) {
      return new OfPartition(
          one.partition(),
          one.next() < 0 ? null : one.next(),
          one.end() < 0 ? null : one.end(),
          one.lag().isPresent() ? one.lag().getAsLong() : null);
    }
  }

  /** One who reads. */
  record OfInstance(String group, String client, String host, String holds) {
    static OfInstance of(Lags.Instance one) {
      return new OfInstance(one.group(), one.client(), one.host(), one.holds());
    }
  }

  /** What judging takes. */
  record OfRule(
      String assertion, double microsAnEvent, long measured, long seenLastHour, double percent) {
    static OfRule of(RuleCost cost) {
      return new OfRule(
          cost.assertion(), cost.micros(), cost.measured(), cost.seen(), cost.share());
    }
  }

  /**
   * A place where files are.
   *
   * @param full when nothing is left at this pace; null where that is not known, or never
   */
  record OfVolume(
      String store,
      String place,
      long bytes,
      @Nullable Long free,
      @Nullable Long total,
      @Nullable Double growthADay,
      @Nullable Instant full) {
    static OfVolume of(StorageReport.Volume one) {
      Optional<Instant> full =
          one.forecast() instanceof DiskForecast.Full there
              ? Optional.of(there.at())
              : Optional.empty();
      return new OfVolume(
          one.store().name().toLowerCase(Locale.ROOT),
          one.place(),
          one.bytes(),
          boxed(one.free()),
          boxed(one.total()),
          boxed(one.growth().perDay()),
          full.orElse(null));
    }
  }

  /** A table or topics. */
  record OfPart(String store, String name, long bytes, @Nullable Double growthADay) {
    static OfPart of(StorageReport.Part one) {
      return new OfPart(
          one.store().name().toLowerCase(Locale.ROOT),
          one.name(),
          one.bytes(),
          boxed(one.growth().perDay()));
    }
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
