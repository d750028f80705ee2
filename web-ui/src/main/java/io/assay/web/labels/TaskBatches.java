package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Packs tasks into JSON arrays that one import takes: so many at most, and so many bytes. */
final class TaskBatches {
  /** What Label Studio takes in one request. */
  static final int MOST_TASKS = 250_000;

  /** A batch lies in memory: that is far less than one request may have, 50 MB. */
  static final int MOST_BYTES = 8_000_000;

  private final int mostTasks;
  private final int mostBytes;
  private final LabelStudioProject.Batches taker;
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private int tasks;
  private int batches;

  TaskBatches(LabelStudioProject.Batches taker) {
    this(MOST_TASKS, MOST_BYTES, taker);
  }

  TaskBatches(int mostTasks, int mostBytes, LabelStudioProject.Batches taker) {
    this.mostTasks = mostTasks;
    this.mostBytes = mostBytes;
    this.taker = taker;
  }

  void add(ObjectNode task) throws IOException {
    byte[] json = JsonMapper.shared().writeValueAsString(task).getBytes(UTF_8);
    if (json.length + 2 > mostBytes) {
      throw new IllegalArgumentException(
          "a task needs at most %d bytes, got %d of prediction '%s'"
              .formatted(mostBytes - 2, json.length, task.path("data").path("event").asString("")));
    }
    // With the comma before it and the bracket behind.
    if (tasks == mostTasks || (tasks > 0 && open.size() + json.length + 2 > mostBytes)) {
      close();
    }
    open.write(tasks == 0 ? '[' : ',');
    open.write(json);
    tasks++;
  }

  /** Hands over what is left; returns how many batches there were. */
  int close() throws IOException {
    if (tasks > 0) {
      open.write(']');
      taker.take(++batches, open.toByteArray());
      open.reset();
      tasks = 0;
    }
    return batches;
  }
}
