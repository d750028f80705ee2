package io.assay.web.rounds;

import io.assay.web.rounds.RoundProof.Proof;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What came of rounds, as it was added up last. */
@Repository
class KeptProofs {
  /** What came in since is not in it; a change of rates shows in days. */
  static final Duration FRESH = Duration.ofMinutes(10);

  /** Nothing comes in any more this long after the last hour that counts. */
  private static final Duration FINAL = ProofSums.LONGEST.plusDays(1);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;
  private final Clock clock;

  KeptProofs(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Where it is of the version that the round has now, and not older than that. */
  Optional<Proof> of(String project, LabelRound round, Duration oldest) {
    return jdbc.sql("SELECT proof FROM round_proof WHERE project = ? AND round = ?")
        .params(project, round.number())
        .query(String.class)
        .optional()
        .map(text -> JSON.readValue(text, Proof.class))
        .filter(proof -> isOf(proof, round) && isGood(proof, oldest));
  }

  private static boolean isOf(Proof proof, LabelRound round) {
    return Optional.ofNullable(proof.since()).equals(round.learnedFrom())
        && Optional.ofNullable(proof.version()).equals(round.trained());
  }

  private boolean isGood(Proof proof, Duration oldest) {
    Instant asOf = proof.asOf();
    Instant since = proof.since();
    return asOf != null
        && since != null
        && (asOf.isAfter(since.plus(FINAL)) || asOf.isAfter(clock.instant().minus(oldest)));
  }

  void keep(String project, LabelRound round, Proof proof) {
    jdbc.sql(
            """
            INSERT INTO round_proof (project, round, added, proof) VALUES (?, ?, ?, ?)
            ON CONFLICT (project, round) DO UPDATE SET added = excluded.added, proof = excluded.proof\
            """)
        .params(
            project,
            round.number(),
            clock.instant().atOffset(ZoneOffset.UTC),
            JSON.writeValueAsString(proof))
        .update();
  }
}
