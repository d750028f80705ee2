package io.assay.web.votes;

import io.assay.web.review.ReviewSite;

/**
 * A street's rules with votes that can be worked by hand: 1,000 events of one key, two minutes
 * apart, and episodes over some of them.
 *
 * <p>Of the events 1 to 120 "flicker", "appear" and "crowded" say error; of 121 to 160 flicker
 * alone, of 161 to 166 appear alone, of 167 to 172 crowded alone. All three judged every minute.
 */
final class VotedStreet {
  private VotedStreet() {}

  static void write(ReviewSite site, String stream, String... three) {
    site.execute("DELETE FROM episode");
    site.execute("DELETE FROM count_minute");
    site.execute("DELETE FROM voted_event");
    site.execute("DELETE FROM violation");
    site.execute(
        "CREATE TABLE IF NOT EXISTS violation_voted PARTITION OF violation"
            + " FOR VALUES FROM ('2027-01-01') TO ('2027-01-04')");
    site.execute(
        "INSERT INTO voted_event SELECT 'default', '%s', 'random-' || n, 'e-' || n, 'k', %s, NULL, now() FROM generate_series(1, 1000) n"
            .formatted(stream, at("n")));
    flag(site, stream, three[0], 1, 160);
    flag(site, stream, three[1], 1, 120);
    flag(site, stream, three[1], 161, 166);
    flag(site, stream, three[2], 1, 120);
    flag(site, stream, three[2], 167, 172);
    for (String assertion : three) {
      judge(site, stream, assertion, 1, 1000, 1);
    }
  }

  private static String at(String n) {
    return "timestamptz '2027-01-01T00:00:30Z' + %s * interval '2 minutes'".formatted(n);
  }

  /** A violation for each event, ten seconds to both sides, of an episode that lasts for hours. */
  static void flag(ReviewSite site, String stream, String assertion, int first, int last) {
    site.execute(
        """
        INSERT INTO episode SELECT 'default', '%s-' || n, '%s', 'h', '%s', 'k', 's', 'l', 'WARNING', 'ACTIVE', NULL,
          at, at, at - interval '3 hours', at + interval '3 hours', 1, 1, at::date, 'v', NULL
        FROM (SELECT n, %s AS at FROM generate_series(%d, %d) n) events\
        """
            .formatted(assertion, assertion, stream, at("n"), first, last));
    site.execute(
        """
        INSERT INTO violation (project, day, id, assertion, expectation, judgement_hash, stream, key, subject, label, span_from,
          span_to, at, severity, level, mode, sentence, evidence, episode)
        SELECT 'default', at::date, '%s-' || n, '%s', '', 'h', '%s', 'k', 's', 'l', at - interval '10 seconds',
          at + interval '10 seconds', at, 1, 'WARNING', 'ACTIVE', '', '{}', '%s-' || n
        FROM (SELECT n, %s AS at FROM generate_series(%d, %d) n) events\
        """
            .formatted(assertion, assertion, stream, assertion, at("n"), first, last));
  }

  /** Twice in the minute of each event, and violated so often. */
  static void judge(
      ReviewSite site, String stream, String assertion, int first, int last, int violated) {
    site.execute(
        """
        INSERT INTO count_minute SELECT 'default', '%s', '', '%s', date_trunc('minute', %s), 0, 1, 2, 2, 2, 2 - %d, %d, 0, 0
        FROM generate_series(%d, %d) n\
        """
            .formatted(assertion, stream, at("n"), violated, violated, first, last));
  }
}
