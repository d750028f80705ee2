package io.assay.stream.app;

import io.assay.stream.contract.Erasing;
import io.assay.stream.contract.ErasureFollower;
import io.assay.stream.contract.ErasureRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which keys are to be forgotten, followed from the time on that our topics are there. */
final class FollowedErasures implements Erasing, AutoCloseable {
  private final ProcessorSettings settings;
  private volatile @Nullable ErasureFollower follower;

  FollowedErasures(ProcessorSettings settings) {
    this.settings = settings;
  }

  /** Returns at once. */
  void begin() {
    if (follower == null) {
      follower = ErasureFollower.start(KafkaSettings.clients(settings), settings.topics());
    }
  }

  @Override
  public Optional<List<ErasureRequest>> of(String project) {
    ErasureFollower started = follower;
    return started == null ? Optional.empty() : started.of(project);
  }

  @Override
  public void close() {
    ErasureFollower started = follower;
    if (started != null) {
      started.close();
    }
  }
}
