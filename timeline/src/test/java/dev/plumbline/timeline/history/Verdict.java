package dev.plumbline.timeline.history;

import java.util.List;

/**
 * How a history went.
 *
 * @param violations what was not as it must be; each begins with the name of what was broken
 */
public record Verdict(int readings, int inFlight, int rows, List<String> violations) {}
