package io.assay.web.alerts.channels;

import io.assay.assertion.rule.ir.Route;
import io.assay.web.access.Audit;
import io.assay.web.rules.ActiveRules;
import io.assay.web.rules.UnusableTargets;
import io.assay.web.system.Refused;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What people ask of deliveries: to see them, to have one tried again, and to test a route. */
@Component
class AlertDeliveries implements UnusableTargets {
  private final DeliveryRows rows;
  private final TestNotices tests;
  private final Channels channels;
  private final ActiveRules rules;
  private final Audit audit;
  private final TransactionTemplate transactions;

  AlertDeliveries(
      DeliveryRows rows,
      TestNotices tests,
      Channels channels,
      ActiveRules rules,
      Audit audit,
      TransactionTemplate transactions) {
    this.rows = rows;
    this.tests = tests;
    this.channels = channels;
    this.rules = rules;
    this.audit = audit;
    this.transactions = transactions;
  }

  /** A route of the active rules. */
  record RouteItem(String name, List<TargetItem> targets) {}

  /**
   * One of its targets.
   *
   * @param trouble why nothing can be sent there, as the settings are; empty where it can
   */
  record TargetItem(int target, String receiver, String address, String trouble) {}

  /** One more than asked for tells of a next part. */
  List<DeliveryItem> list(
      String project, DeliveryFilter filter, Optional<DeliveryFilter.Place> after, int most) {
    return rows.list(project, filter, after, most).stream().map(DeliveryItem::of).toList();
  }

  /** Routes of which something was sent, and those that the active rules declare. */
  List<String> known(String project) {
    var all = new TreeSet<>(rows.routes(project));
    declared(project).forEach(route -> all.add(route.name()));
    return List.copyOf(all);
  }

  List<RouteItem> routes(String project) {
    return declared(project).stream()
        .map(route -> new RouteItem(route.name(), targets(route)))
        .toList();
  }

  @Override
  public List<UnusableTarget> of(String project) {
    return routes(project).stream()
        .flatMap(
            route ->
                route.targets().stream()
                    .filter(to -> !to.trouble().isEmpty())
                    .map(
                        to ->
                            new UnusableTarget(
                                route.name(), to.receiver(), to.address(), to.trouble())))
        .toList();
  }

  private List<Route> declared(String project) {
    return rules.of(project).map(all -> all.declared().routes()).orElse(List.of());
  }

  private List<TargetItem> targets(Route route) {
    return IntStream.range(0, route.targets().size())
        .mapToObj(
            place -> {
              Route.Target to = route.targets().get(place);
              return new TargetItem(
                  place,
                  DeliveryItem.word(to.receiver()),
                  ShownAddress.of(to.address()),
                  channels.trouble(to.receiver(), to.address()).orElse(""));
            })
        .toList();
  }

  /**
   * Writes a test alert to all targets of a route.
   *
   * @return the notice's number
   * @throws Refused where there is no such route
   */
  long test(String project, String name, String by) {
    Route route =
        declared(project).stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refused(
                        HttpStatus.CONFLICT, "the active rules have no route '" + name + "'"));
    return written(
        () -> {
          long notice = tests.write(project, route, by);
          audit.note(project, by, "alert.tested", name, "");
          return notice;
        });
  }

  /**
   * Has a delivery that is dead tried again.
   *
   * @throws Refused where there is none, and where a later notice of its group has told more
   */
  void retry(String project, String notice, String target, String by) {
    Delivery delivery =
        rows.one(project, number(notice, 18), (int) number(target, 4))
            .orElseThrow(
                () ->
                    new Refused(
                        HttpStatus.NOT_FOUND,
                        "there is no delivery %s of notice %s".formatted(target, notice)));
    if (rows.outdated(delivery)) {
      throw new Refused(
          HttpStatus.CONFLICT, "a later notice of the same alerts says what is true now");
    }
    boolean unused =
        written(
            () -> {
              if (!rows.retry(delivery)) {
                throw new Refused(
                    HttpStatus.CONFLICT, "delivery %s is not dead".formatted(delivery.id()));
              }
              audit.note(project, by, "alert.retried", delivery.id(), "");
              return true;
            });
  }

  private <T> T written(Supplier<T> change) {
    return Optional.ofNullable(transactions.execute(status -> change.get())).orElseThrow();
  }

  private static long number(String text, int digits) {
    if (!text.matches("[0-9]{1,%d}".formatted(digits))) {
      throw Refused.bad("a delivery is two numbers, got '" + text + "'");
    }
    return Long.parseLong(text);
  }
}
