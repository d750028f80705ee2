package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written compactly is read as it was, to the bit. */
class StateBytesTest {
  private static StateReader read(StateWriter compact) {
    StateWriter out = new StateWriter();
    out.writeAll(compact);
    StateReader in = new StateReader(out.toBytes());
    in.readTexts();
    return in;
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.0,
        -0.0,
        0.73,
        -1280,
        1e-6,
        0.1 + 0.2,
        1.0 / 3,
        1099511627775.0,
        1099511627776.0,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.NEGATIVE_INFINITY
      })
  void aNumberIsItself(double number) {
    StateWriter out = StateWriter.compact();
    out.writeNumber(number);
    assertThat(Double.doubleToRawLongBits(read(out).readNumber()))
        .isEqualTo(Double.doubleToRawLongBits(number));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void numbersOfAnyDigitsAreThemselves(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double whole = random.nextInt() * (random.nextBoolean() ? 1.0 : 1e5);
      aNumberIsItself(whole / Math.pow(10, random.nextInt(12)));
      aNumberIsItself(Double.longBitsToDouble(random.nextLong()));
    }
  }

  @Test
  void fewDigitsTakeFewBytes() {
    StateWriter out = StateWriter.compact();
    out.writeNumber(0.73);
    out.writeNumber(600);
    assertThat(out.toBytes()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        1_772_352_000_000_000_000L,
        1_772_352_000_000_000_001L,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        (1L << 60) - 1,
        -(1L << 60),
      })
  void aTimeIsItselfWhateverItIsToldFrom(long time) {
    for (long newest : new long[] {0, 1_772_352_000_100_000_000L, Long.MIN_VALUE}) {
      StateWriter out = StateWriter.compact();
      out.tellFrom(newest, 0);
      out.writeTime(time);
      StateReader in = read(out);
      in.tellFrom(newest, 0);
      assertThat(in.readTime()).isEqualTo(time);
    }
  }

  @Test
  void textsAreWrittenOnceHoweverManyThereAre() {
    StateWriter out = StateWriter.compact();
    for (int i = 0; i < 1000; i++) {
      ValueCodec.write("track " + i % 500, out);
    }
    StateReader in = read(out);
    for (int i = 0; i < 1000; i++) {
      assertThat(ValueCodec.read(in)).isEqualTo("track " + i % 500);
    }
    assertThat(in.atEnd()).isTrue();
  }

  @Test
  void partsOfAnyLengthMayBePassedOver() {
    StateWriter out = StateWriter.compact();
    for (int length : new int[] {0, 1, 127, 128, 20_000}) {
      int part = out.begin();
      for (int i = 0; i < length; i++) {
        out.writeByte(7);
      }
      out.end(part);
      out.writeName("behind " + length);
    }
    StateReader in = read(out);
    for (int length : new int[] {0, 1, 127, 128, 20_000}) {
      assertThat(in.readPart().atEnd()).isEqualTo(length == 0);
      assertThat(in.readName()).isEqualTo("behind " + length);
    }
    assertThatThrownBy(in::readName)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a key's state needs 1 more bytes");
  }
}
