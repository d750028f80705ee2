package io.assay.assertion.event;

/**
 * Where an event was read: provenance only, never part of an identity.
 *
 * @param topic the Kafka topic, or a file's name
 * @param partition of the topic; 0 for a file
 * @param offset of the record; the line, from 0, for a file
 */
public record Coordinates(String topic, int partition, long offset) {}
