package io.assay.web.labels;

import io.assay.web.media.MediaFiles;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * As whom an export is written, and how it names what is not in it.
 *
 * @param clear whether private texts are seen
 * @param visible which fields are seen, by stream
 * @param imageSize pixels of what a stream's event refers to, by stream and reference
 * @param address where a tool finds what a reference leads to
 */
public record ExportView(
    boolean clear,
    Function<String, Visible> visible,
    BiFunction<String, String, Optional<MediaFiles.Size>> imageSize,
    UnaryOperator<String> address) {}
