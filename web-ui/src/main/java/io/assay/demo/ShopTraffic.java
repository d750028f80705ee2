package io.assay.demo;

import io.assay.simulate.ShopEmbeddings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Refreshes the simulated lender's embedding of shops: a history of releases one after the other,
 * then another every few minutes.
 */
final class ShopTraffic implements AutoCloseable {
  static final String SHOPS = "credit.shops";

  private static final long SEED = 7;

  /** Release 5 is one that does harm, 6 is well again. */
  private static final long OF_THE_PAST = 7;

  /** Long enough for a release to be judged before the next begins. */
  private static final Duration BETWEEN_PAST = Duration.ofSeconds(4);

  private static final Duration BETWEEN = Duration.ofMinutes(5);

  private final int partitions;
  private final DrivenUntil sent;
  private final Sending sending;
  private final Worker worker = new Worker("shops", this::run);

  /** {@code folder}: where it is noted which releases have been sent. */
  ShopTraffic(String bootstrapServers, int partitions, Path folder) {
    this.partitions = partitions;
    this.sent = new DrivenUntil(folder.resolve("shops"), 0);
    this.sending = new Sending(bootstrapServers, "shops");
  }

  void start() {
    worker.start();
  }

  private void run() throws InterruptedException {
    var shops = new ShopEmbeddings(SEED);
    long number = Math.max(1, sent.nextOr(1));
    while (worker.isOpen()) {
      for (ShopEmbeddings.Row row : shops.rows(number)) {
        sending.send(SHOPS, row.item(), row.json());
      }
      sending.sendToAll(SHOPS, partitions, ShopEmbeddings.marker(number));
      sent.reach(number);
      Thread.sleep((number < OF_THE_PAST ? BETWEEN_PAST : BETWEEN).toMillis());
      number++;
    }
  }

  @Override
  public void close() {
    worker.close();
    sending.close();
  }
}
