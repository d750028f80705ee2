package io.assay.stream.app;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** One of the Kafka Streams applications that judge a project. */
sealed interface Running permits JudgedStreams, MergedWindows {
  Instance instance();

  /** Starts it, or has it wait for what is missing. */
  void start(Admin admin) throws InterruptedException, ExecutionException;

  List<StreamStatus> status();
}
