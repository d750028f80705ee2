package io.assay.stream.serving;

import tools.jackson.core.JsonGenerator;

/** The elements of a tensor, row by row, each of which can be written as JSON. */
interface Values {
  int size();

  void write(int index, JsonGenerator json);
}
