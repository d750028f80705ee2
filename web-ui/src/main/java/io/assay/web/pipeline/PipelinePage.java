package io.assay.web.pipeline;

import io.assay.web.storage.DatabaseSizes;
import io.assay.web.storage.StorageReport;
import io.assay.web.system.Page;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Whether events come through, and whether there is room for them. */
@Page
class PipelinePage {
  private final Pipeline pipeline;
  private final StorageReport storage;
  private final DatabaseSizes sizes;

  PipelinePage(Pipeline pipeline, StorageReport storage, DatabaseSizes sizes) {
    this.pipeline = pipeline;
    this.storage = storage;
    this.sizes = sizes;
  }

  @GetMapping("/p/{project}/pipeline")
  String show(@PathVariable String project, Model model) {
    model.addAttribute("here", "pipeline");
    model.addAttribute("flow", pipeline.of(project));
    model.addAttribute("disk", DiskView.of(storage.now(), sizes.days()));
    return "pipeline";
  }
}
