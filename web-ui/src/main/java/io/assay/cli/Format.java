package io.assay.cli;

/** How an answer is written: for people or for programs. */
enum Format {
  text,
  json
}
