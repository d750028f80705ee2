package io.assay.web.rules;

import java.util.List;

/** Tells which targets of the active rules' routes no alert can be sent to. */
public interface UnusableTargets {

  /**
   * One of them.
   *
   * @param route as the rules name it
   * @param receiver {@code webhook}, {@code slack}, {@code email} or {@code alertmanager}
   * @param address without what is secret
   * @param why what is not set, or wrong, for people
   */
  record UnusableTarget(String route, String receiver, String address, String why) {}

  /** Those of a project, by route; none where all can be sent to, or no rules are active. */
  List<UnusableTarget> of(String project);
}
