package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Label Studio project as a zip: {@code config.xml}, and {@code tasks-0001.json} and so on, each
 * small enough for one import.
 */
final class LabelStudioExport {
  private LabelStudioExport() {}

  static Exported write(ExportSamples samples, VideoTiming timing, OutputStream out)
      throws IOException {
    var project = new LabelStudioProject(samples, timing);
    var zip = new ZipOutputStream(out, UTF_8);
    entry(zip, "config.xml", project.config().getBytes(UTF_8));
    Exported exported =
        project.batches((number, json) -> entry(zip, "tasks-%04d.json".formatted(number), json));
    zip.finish();
    return exported;
  }

  /** Puts the samples' tasks into batches, and closes the last. */
  static Exported tasks(
      ExportSamples samples, Medium medium, VideoTiming timing, TaskBatches batches)
      throws IOException {
    var maker = new LabelStudioTasks(medium, timing);
    var all = new AtomicInteger();
    var written = new AtomicInteger();
    var entries = new AtomicInteger();
    samples.each(
        sample -> {
          List<ObjectNode> tasks = new ArrayList<>();
          int number = maker.tasks(sample, tasks::add);
          for (ObjectNode task : tasks) {
            batches.add(task);
          }
          all.incrementAndGet();
          written.addAndGet(number > 0 ? 1 : 0);
          entries.addAndGet(number);
        });
    batches.close();
    return new Exported(written.get(), entries.get(), all.get() - written.get());
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    var entry = new ZipEntry(name);
    // The same samples are the same bytes.
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
