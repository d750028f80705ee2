package io.assay.stream.imputation;

import io.assay.imputation.AimNet;
import java.util.Optional;

/** By which imputers gaps are filled at the moment. Any number of threads. */
public interface ImputersInForce {
  /** Fills nothing. */
  ImputersInForce NONE =
      new ImputersInForce() {
        @Override
        public Optional<InForce> of(String stream, String groupHash) {
          return Optional.empty();
        }

        @Override
        public boolean canWrite(String stream) {
          return false;
        }
      };

  /**
   * An imputer that is in force.
   *
   * @param version from 1, counted up within the stream
   * @param least below this confidence it is not to fill in, 0 to 1
   */
  record InForce(long version, AimNet imputer, double least) {}

  /**
   * The imputer of a stream; empty while there is none that fits.
   *
   * @param groupHash of the group as the rules have it, {@link ImputedStream#groupHash()}
   */
  Optional<InForce> of(String stream, String groupHash);

  /** Whether the topic of the stream's completed events is there. */
  boolean canWrite(String stream);
}
