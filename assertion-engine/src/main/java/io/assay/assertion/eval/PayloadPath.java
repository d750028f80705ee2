package io.assay.assertion.eval;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a field is looked for in the user's JSON, which a mapping may place elsewhere. */
final class PayloadPath {
  private PayloadPath() {}

  /**
   * @param field dotted names as the stream declares them: {@code boxes[3].score}
   */
  static String of(StructType root, String field) {
    List<String> steps = new ArrayList<>();
    @Nullable StructType within = root;
    for (String step : field.split("\\.", -1)) {
      int open = step.indexOf('[');
      String index = open < 0 ? "" : step.substring(open);
      Optional<StructType.Field> declared =
          within == null
              ? Optional.empty()
              : within.field(open < 0 ? step : step.substring(0, open));
      // what is no field is a key of a map, found under its own name
      steps.add(declared.map(f -> f.source().text() + index).orElse(step));
      within = declared.map(f -> inner(f.type())).orElse(null);
    }
    return String.join(".", steps);
  }

  private static @Nullable StructType inner(Type type) {
    Type element = type instanceof Type.ListOf list ? list.element() : type;
    return element instanceof StructType struct ? struct : null;
  }
}
