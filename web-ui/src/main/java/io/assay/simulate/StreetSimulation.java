package io.assay.simulate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * Cars with a camera and a LIDAR drive along streets, and two models report what the sensors see,
 * with errors of known kind and place. Equal settings give equal bytes.
 */
public final class StreetSimulation {
  private final StreetSettings settings;
  private final List<SimulatedCar> cars = new ArrayList<>();

  public StreetSimulation(StreetSettings settings) {
    this.settings = settings;
    for (int i = 1; i <= settings.vehicles(); i++) {
      cars.add(new SimulatedCar("v" + i, Draws.seed(settings.seed(), i), settings));
    }
  }

  /**
   * The frames in order of time, those of all vehicles in turn; without an end if the settings have
   * none.
   */
  public Iterator<StreetFrame> frames() {
    return new Iterator<>() {
      private long given;

      @Override
      public boolean hasNext() {
        return settings.frames() == StreetSettings.ENDLESS
            || given < (long) settings.frames() * cars.size();
      }

      @Override
      public StreetFrame next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the street has ended");
        }
        return cars.get((int) (given++ % cars.size())).next();
      }
    };
  }

  /** How many errors of each kind there have been, and how many the committed table lets expect. */
  public Map<String, ErrorCount> errorCounts() {
    Map<ErrorKind, ErrorCount> counts = new EnumMap<>(ErrorKind.class);
    for (SimulatedCar car : cars) {
      car.errorCounts().forEach((kind, count) -> counts.merge(kind, count, ErrorCount::plus));
    }
    Map<String, ErrorCount> named = new TreeMap<>();
    counts.forEach((kind, count) -> named.put(kind.name().toLowerCase(Locale.ROOT), count));
    return named;
  }

  /** Errors of a kind. */
  public record ErrorCount(int injected, double expected) {
    ErrorCount plus(ErrorCount other) {
      return new ErrorCount(injected + other.injected, expected + other.expected);
    }
  }
}
