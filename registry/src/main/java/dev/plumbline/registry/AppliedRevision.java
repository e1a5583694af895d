package dev.plumbline.registry;

import dev.plumbline.definition.Revision;
import java.time.Instant;

/**
 * A revision that was applied.
 *
 * @param number from 1, in the order in which revisions were applied
 * @param fingerprint of its canonical JSON
 * @param json canonical
 */
public record AppliedRevision(
    int number, String fingerprint, String json, Instant appliedAt, Revision revision) {}
