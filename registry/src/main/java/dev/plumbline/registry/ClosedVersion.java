package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;

/**
 * A view version that was applied once.
 *
 * @param firstRevision that had it
 * @param fingerprint of what it means, in the release that applied it
 * @param meaning the canonical text of that release
 */
record ClosedVersion(ViewId id, int firstRevision, String fingerprint, String meaning) {}
