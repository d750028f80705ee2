package io.assay.web.system;

import io.assay.stream.contract.BrokerTrouble;
import io.assay.stream.contract.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;

/** Where Assay's own topics are: the broker and prefix that the sink reads. */
public final class Broker {
  public static final String SERVERS = "assay.sink.bootstrap-servers";

  private Broker() {}

  /**
   * Settings of Kafka's clients, {@code assay.kafka.*} among them; none where there is no broker.
   */
  public static Optional<Map<String, Object>> clients(Environment environment) {
    if (!environment.containsProperty(SERVERS)) {
      return Optional.empty();
    }
    var clients = new HashMap<String, Object>();
    clients.putAll(
        Binder.get(environment)
            .bind("assay.kafka", Bindable.mapOf(String.class, String.class))
            .orElse(Map.of()));
    clients.put("bootstrap.servers", environment.getRequiredProperty(SERVERS));
    return Optional.of(clients);
  }

  /** What the broker said, or failed to say, for whoever can mend it. */
  public static String told(Map<String, ?> clients, Throwable failure) {
    return BrokerTrouble.told(
        String.valueOf(clients.get("bootstrap.servers")), clients, "assay.kafka.*", failure);
  }

  /**
   * What a program is answered: 503 where it may ask again soon, and 500 where the broker refuses
   * us, which someone has to mend. Never 403: it is not the program that lacks a right.
   */
  public static HttpStatus status(Throwable failure) {
    return BrokerTrouble.isRefusal(failure)
        ? HttpStatus.INTERNAL_SERVER_ERROR
        : HttpStatus.SERVICE_UNAVAILABLE;
  }

  public static Topics topics(Environment environment) {
    return new Topics(environment.getProperty("assay.sink.prefix", Topics.DEFAULT_PREFIX));
  }
}
