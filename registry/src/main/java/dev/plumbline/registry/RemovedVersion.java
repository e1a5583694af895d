package dev.plumbline.registry;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import java.util.Optional;

/**
 * A version of a feature view that the newest revision does not have any more.
 *
 * @param view as the last revision had it that has it, and so its entity
 * @param shortId its number in the online store
 * @param lastRevision that one
 * @param pruned absent while nobody has deleted its data
 */
public record RemovedVersion(
    FeatureView view,
    Entity entity,
    int shortId,
    int lastRevision,
    Optional<PrunedVersion> pruned) {}
