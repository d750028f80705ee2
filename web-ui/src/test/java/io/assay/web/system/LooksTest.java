package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.TaskScheduler;

/** What is looked at now and then. */
class LooksTest {
  private final ConfigurableApplicationContext context =
      Installation.shared().web().running().context();

  /** As erasing a key does, which reads every table. */
  @Test
  void oneThatTakesLongHoldsUpNoOther() throws InterruptedException {
    TaskScheduler scheduler = context.getBean(TaskScheduler.class);
    var begun = new CountDownLatch(1);
    var ends = new CountDownLatch(1);
    var another = new CountDownLatch(3);
    List<Future<?>> looks = new ArrayList<>();
    try {
      looks.add(
          scheduler.scheduleWithFixedDelay(
              () -> {
                begun.countDown();
                awaitEnd(ends);
              },
              Duration.ofHours(1)));
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      looks.add(scheduler.scheduleWithFixedDelay(another::countDown, Duration.ofMillis(10)));
      assertThat(another.await(60, TimeUnit.SECONDS)).as("while the first still looks").isTrue();
    } finally {
      ends.countDown();
      looks.forEach(look -> look.cancel(false));
    }
  }

  private static void awaitEnd(CountDownLatch ends) {
    try {
      boolean unused = ends.await(5, TimeUnit.MINUTES);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void requestsHaveVirtualThreads() throws Exception {
    var executor = context.getBean("applicationTaskExecutor", Executor.class);
    var thread = new CompletableFuture<Boolean>();
    executor.execute(() -> thread.complete(Thread.currentThread().isVirtual()));
    assertThat(thread.get(60, TimeUnit.SECONDS)).isTrue();
  }
}
