package io.assay.web.votes;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How votes are taken.
 *
 * @param every how often events are drawn and votes counted
 * @param draw events of each stream, each time
 * @param keep events of each stream on which votes are counted: the ones drawn last
 * @param history events that the broker took before are not drawn
 */
@ConfigurationProperties("assay.labels.votes")
record VoteSettings(
    @DefaultValue("10m") Duration every,
    @DefaultValue("1000") int draw,
    @DefaultValue("10000") int keep,
    @DefaultValue("1d") Duration history) {
  VoteSettings {
    if (!every.isPositive() || !history.isPositive() || draw < 0 || keep < 1) {
      throw new IllegalArgumentException(
          ("assay.labels.votes needs every and history above 0, draw of at least 0 and keep of at"
                  + " least 1, got %s, %s, %d and %d")
              .formatted(every, history, draw, keep));
    }
  }
}
