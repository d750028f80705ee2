package io.assay.assertion.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads boxes in one of the conventions that detectors use. */
record BoxReader(StructType.Reading reading, Optional<StreamType.ImageSize> size) {
  private static final String RECT = "a list of 4 finite numbers";
  private static final String CUBOID = "a list of 7 finite numbers";

  BoxReader {
    boolean shares =
        switch (reading) {
          case NORMALISED, XYXY_NORMALISED, CENTRE_NORMALISED -> true;
          default -> false;
        };
    if (shares && size.isEmpty()) {
      throw new IllegalArgumentException(
          "boxes as shares of the image need the stream's 'size', got none");
    }
  }

  @Nullable Object rect(JsonParser parser, Decoding decoding) {
    double @Nullable [] v = numbers(parser, decoding, 4, RECT);
    if (v == null) {
      return null;
    }
    Rect box =
        switch (reading) {
          case XYXY, XYXY_NORMALISED -> new Rect(v[0], v[1], v[2] - v[0], v[3] - v[1]);
          case CENTRE, CENTRE_NORMALISED -> new Rect(v[0] - v[2] / 2, v[1] - v[3] / 2, v[2], v[3]);
          default -> new Rect(v[0], v[1], v[2], v[3]);
        };
    if (box.width() < 0 || box.height() < 0) {
      decoding.problem(
          "a box of width and height >= 0", "width " + box.width() + ", height " + box.height());
    }
    return switch (reading) {
      case NORMALISED, XYXY_NORMALISED, CENTRE_NORMALISED -> inPixels(box);
      default -> box;
    };
  }

  private Rect inPixels(Rect box) {
    StreamType.ImageSize image = size.orElseThrow();
    return new Rect(
        box.x() * image.width(),
        box.y() * image.height(),
        box.width() * image.width(),
        box.height() * image.height());
  }

  static @Nullable Object cuboid(JsonParser parser, Decoding decoding) {
    double @Nullable [] v = numbers(parser, decoding, 7, CUBOID);
    if (v == null) {
      return null;
    }
    if (v[3] < 0 || v[4] < 0 || v[5] < 0) {
      decoding.problem(
          "a cuboid of height, width and length >= 0",
          "height " + v[3] + ", width " + v[4] + ", length " + v[5]);
    }
    return new Cuboid(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
  }

  private static double @Nullable [] numbers(
      JsonParser parser, Decoding decoding, int count, String needed) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      decoding.wrong(needed, parser);
      return null;
    }
    double[] values = new double[count];
    int size = 0;
    boolean finite = true;
    @Nullable String wrong = null;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonToken token = parser.currentToken();
      boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
      double value =
          number && parser.getStringLength() < 400 ? parser.getDoubleValue() : Double.NaN;
      if (!Double.isFinite(value) && wrong == null) {
        finite = false;
        wrong = Decoding.describe(parser);
      }
      parser.skipChildren();
      if (size < count) {
        values[size] = value;
      }
      size++;
    }
    if (size == count && finite) {
      return values;
    }
    decoding.problem(needed, size != count ? size + " values" : "one that is " + wrong);
    return null;
  }
}
