package dev.plumbline.timeline;

/**
 * A publication of a view, as the online store shows it: the run that wrote it, the newest refresh
 * it stands for and when its push ended; microseconds since 1970 (UTC).
 */
public record Marker(long createdAt, long refresh, long publishedAt) {}
