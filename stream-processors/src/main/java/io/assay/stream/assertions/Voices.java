package io.assay.stream.assertions;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.stream.contract.SilentRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Tells which keys are silent, and which speak again. */
final class Voices {
  private final String project;
  private final Map<String, String> hashes;
  private final Outgoing out;

  Voices(String project, GroupJudge judge, Outgoing out) {
    this.project = project;
    this.out = out;
    this.hashes =
        judge.assertions().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    CheckedAssertion::name, CheckedAssertion::judgementHash, (one, same) -> one));
  }

  /** An event has come: whatever silence it tells of is over. */
  void came(List<Gathered.Voice> voices, long timestamp) {
    for (Gathered.Voice voice : voices) {
      switch (voice) {
        case Gathered.Voice.Speaks speaks -> tell(speaks, timestamp);
        case Gathered.Voice.Silent ignored -> {}
      }
    }
  }

  /** {@code received}: until then nothing has come, nanoseconds since the epoch. */
  void passed(List<Gathered.Voice> voices, long received) {
    long timestamp = Math.floorDiv(received, 1_000_000L);
    for (Gathered.Voice voice : voices) {
      switch (voice) {
        case Gathered.Voice.Speaks speaks -> tell(speaks, timestamp);
        case Gathered.Voice.Silent silent -> {
          long since = silent.received() == Long.MIN_VALUE ? received : silent.received();
          out.voice(
              SilentRecord.silent(silent.violation(), Math.max(0, received - since)), timestamp);
        }
      }
    }
  }

  private void tell(Gathered.Voice.Speaks speaks, long timestamp) {
    String hash = Objects.requireNonNull(hashes.get(speaks.assertion()), speaks.assertion());
    out.voice(
        new SilentRecord(
            project, speaks.stream(), speaks.assertion(), hash, speaks.key(), speaks.at(), null),
        timestamp);
  }
}
