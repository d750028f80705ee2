package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Label Studio project as a zip: {@code config.xml}, and {@code tasks-0001.json} and so on, each
 * small enough for one import.
 */
final class LabelStudioExport {
  private LabelStudioExport() {}

  static Exported write(List<ExportSample> samples, VideoTiming timing, OutputStream out)
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
      List<ExportSample> samples, Medium medium, VideoTiming timing, TaskBatches batches)
      throws IOException {
    var maker = new LabelStudioTasks(medium, timing);
    int written = 0;
    int entries = 0;
    for (ExportSample sample : samples) {
      List<ObjectNode> tasks = new ArrayList<>();
      int number = maker.tasks(sample, tasks::add);
      for (ObjectNode task : tasks) {
        batches.add(task);
      }
      written += number > 0 ? 1 : 0;
      entries += number;
    }
    batches.close();
    return new Exported(written, entries, samples.size() - written);
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
