package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import dev.plumbline.plan.Amount;
import java.time.Instant;
import java.util.Optional;

/**
 * About what it takes to fill a version that has no data yet.
 *
 * @param first refresh; empty if nobody says where to begin
 * @param last the newest refresh that is due
 * @param sourceRows of the whole source
 * @param redisBytes of all its records
 * @param recordBytes of one of them
 */
record Backfill(
    ViewId view,
    Optional<Instant> first,
    Instant last,
    Amount refreshes,
    Amount sourceRows,
    Amount redisBytes,
    long recordBytes) {}
