package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;

/**
 * A version of a view that some revision has closed.
 *
 * @param firstRevision the number of the first revision that has it
 * @param fingerprint of its {@link dev.plumbline.definition.json.Meaning}
 */
public record ViewVersion(ViewId view, int firstRevision, String fingerprint) {}
