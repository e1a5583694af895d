package dev.plumbline.offline.pointintime;

import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.timeline.Ledger;

/**
 * The change log of one view at a log position.
 *
 * @param ledger the runs up to that position; rows of later runs are not seen
 */
public record ViewLog(FeatureTable table, Ledger ledger) {}
