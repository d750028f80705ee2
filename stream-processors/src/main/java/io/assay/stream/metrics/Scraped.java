package io.assay.stream.metrics;

import java.util.List;

/** Somebody who has figures. */
public interface Scraped {
  /** All that it may tell, whether or not there is anything to tell now. */
  List<Family> families();

  /** Tells its figures as they are now; asked at each scrape, and by several threads. */
  void read(Reading to);
}
