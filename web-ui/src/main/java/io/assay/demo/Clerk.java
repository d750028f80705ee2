package io.assay.demo;

import io.assay.simulate.CreditEvent;
import io.assay.stream.contract.LabelRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Somebody at the simulated lender who looks at answers once it is known what became of them, and
 * says whether they were wrong: at all that {@code borderline} of {@code scoring.assay} flags, and
 * at some others.
 */
final class Clerk {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Of so many outcomes of the others one is looked at. */
  private static final int ONE_OF = 20;

  /** Answers that are remembered: outcomes come within four hours. */
  private static final int REMEMBERED = 10_000;

  private final Map<String, Double> risks =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Double> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** What is said now that this has happened; mostly nothing. The same again says the same. */
  Optional<LabelRecord> sees(CreditEvent event) {
    return switch (event.kind()) {
      case FEATURES -> Optional.empty();
      case DECISION -> {
        JsonNode answer = JSON.readTree(event.json());
        risks.put(answer.path("application").asString(), answer.path("risk").asDouble());
        yield Optional.empty();
      }
      case OUTCOME -> {
        JsonNode outcome = JSON.readTree(event.json());
        String application = outcome.path("application").asString();
        Double risk = risks.remove(application);
        yield risk == null || !isLookedAt(application, risk)
            ? Optional.empty()
            : Optional.of(label(application, risk, outcome.path("bounced").asBoolean(), event));
      }
    };
  }

  private static boolean isLookedAt(String application, double risk) {
    return Math.abs(risk - 0.5) < 0.01 || Math.floorMod(application.hashCode(), ONE_OF) == 0;
  }

  private static LabelRecord label(
      String application, double risk, boolean bounced, CreditEvent event) {
    boolean isWrong = risk >= 0.5 != bounced;
    return new LabelRecord(
        "default",
        "clerk-" + application,
        application,
        "loans",
        isWrong ? "error" : "no-error",
        JsonNodeFactory.instance.nullNode(),
        List.of(),
        List.of(),
        1,
        "clerk",
        "api",
        event.at());
  }
}
