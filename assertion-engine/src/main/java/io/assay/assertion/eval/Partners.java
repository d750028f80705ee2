package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Local;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of joined streams that belong to the event being judged. */
final class Partners {
  /** Without a join there are none. */
  static final Partners NONE = new Partners(List.of());

  private final List<Joined> joined;
  private List<Past> events = List.of();

  private record Joined(Context.Join.Partner partner, Finding.Origin origin) {}

  private Partners(List<Joined> joined) {
    this.joined = joined;
  }

  static Partners of(CheckedAssertion assertion) {
    return new Partners(
        assertion.context().join().map(Context.Join::partners).orElse(List.of()).stream()
            .map(
                partner ->
                    new Joined(
                        partner,
                        new Finding.Origin(
                            partner.stream().name(),
                            EventFields.of(partner.stream(), partner.reads()))))
            .toList());
  }

  /** Takes one event of each partner, in their order, and binds their rows. */
  void bind(List<Past> found, Scope scope) {
    events = found;
    for (int i = 0; i < found.size(); i++) {
      Past past = found.get(i);
      if (past.row() != null) {
        scope.frame.setReference(joined.get(i).partner().event(), past.row());
      }
    }
  }

  /**
   * The event judged and those of the partners, for evidence.
   *
   * @param row the local of the event whose element is the subject; none: that judged
   */
  List<Finding.Shown> shown(Moment moment, Optional<Local> row, int element) {
    List<Finding.Shown> shown = new ArrayList<>();
    boolean elsewhere = false;
    for (int i = 0; i < events.size(); i++) {
      boolean own = row.isPresent() && row.get().index() == joined.get(i).partner().event().index();
      elsewhere |= own;
      shown.add(
          new Finding.Shown(
              events.get(i), "partner", own ? element : -1, Optional.of(joined.get(i).origin())));
    }
    shown.addFirst(new Finding.Shown(moment.now(), "at", elsewhere ? -1 : element));
    return shown;
  }
}
