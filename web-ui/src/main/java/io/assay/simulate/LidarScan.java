package io.assay.simulate;

import java.util.List;

/**
 * One turn of the LIDAR.
 *
 * @param at epoch milliseconds
 * @param event as the LIDAR's model tells it, a JSON object
 * @param objects whose each of its boxes is, in their order; the model does not know
 */
public record LidarScan(long at, String event, List<Integer> objects) {
  public LidarScan {
    objects = List.copyOf(objects);
  }
}
