package io.assay.web.erasure;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every few seconds whether a key is to be erased. */
@Component
class ErasureClock {
  private final Erasures erasures;
  private final ErasedTasks tasks;

  ErasureClock(Erasures erasures, ErasedTasks tasks) {
    this.tasks = tasks;
    this.erasures = erasures;
  }

  @Scheduled(
      initialDelayString = "${assay.erasure.every:PT3S}",
      fixedDelayString = "${assay.erasure.every:PT3S}")
  void look() {
    erasures.work();
  }

  @Scheduled(
      initialDelayString = "${assay.erasure.hear-every:PT20S}",
      fixedDelayString = "${assay.erasure.hear-every:PT20S}")
  void hear() {
    tasks.hearLate();
  }
}
