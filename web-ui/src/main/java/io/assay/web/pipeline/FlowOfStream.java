package io.assay.web.pipeline;

import java.util.Optional;

/**
 * How one stream flows.
 *
 * @param perSecond events a second by event time, of the last ten whole minutes
 * @param times empty where nothing was violated of late
 * @param late events of the last day that came too late, or from the future
 * @param deadLetters records of the last day that could not be read
 * @param lag records that judging has not come to; empty where the broker does not tell
 */
record FlowOfStream(
    String stream,
    double perSecond,
    Optional<PipelineQueries.Times> times,
    long late,
    long deadLetters,
    Optional<Long> lag) {}
