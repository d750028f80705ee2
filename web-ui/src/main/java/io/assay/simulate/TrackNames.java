package io.assay.simulate;

/** Gives every track of one vehicle's tracker a name of its own, those of errors too. */
final class TrackNames {
  private int last;

  String next() {
    return "t" + ++last;
  }
}
