package io.assay.assertion.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.StructType.Draft;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.event.StructType.Source;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class RowDecoderTest {
  @Test
  void keepsFieldsOfRecordsWithinRecordsAndLists() {
    StructType box = StructType.of("box", List.of(draft("score", Type.Basic.DOUBLE)));
    StructType group =
        StructType.of(
            "group", List.of(draft("age", Type.Basic.INT), draft("boxes", new Type.ListOf(box))));
    StructType root = StructType.of("root", List.of(draft("features", group)));
    var read =
        (RowDecoder.Read.Came)
            RowDecoder.of(root)
                .read("{\"features\":{\"age\":31,\"boxes\":[{\"score\":0.5}]}}".getBytes(UTF_8));
    assertThat(read.problems()).isEmpty();
    assertThat(read.row().getReference(0))
        .isInstanceOfSatisfying(
            Row.class,
            features -> {
              assertThat(features.state(0)).isEqualTo(Row.PRESENT);
              assertThat(features.getLong(0)).isEqualTo(31);
              assertThat(features.getReference(0))
                  .asInstanceOf(InstanceOfAssertFactories.list(Row.class))
                  .singleElement()
                  .satisfies(one -> assertThat(one.getDouble(0)).isEqualTo(0.5));
            });
  }

  private static Draft draft(String name, Type type) {
    return new Draft(name, type, true, false, new Source(List.of(name), Reading.PLAIN));
  }
}
