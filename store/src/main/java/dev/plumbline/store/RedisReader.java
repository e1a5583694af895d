package dev.plumbline.store;

import dev.plumbline.store.OnlineStore.Lookup;
import dev.plumbline.timeline.Marker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One read: markers, records, markers, in one pipeline. While a push goes on, a record may be
 * written after it was read and the marker move before it is read again; so a record is called
 * absent only under a marker that has not moved, and else everything is read once more.
 */
final class RedisReader {
  private static final int ATTEMPTS = 3;

  /** More in one command would hold up Redis's other clients. */
  private static final int KEYS_PER_COMMAND = 200;

  private final RedisConnection connection;
  private final List<StoredView> views;
  private final List<byte[]> markerKeys;

  /** Of each lookup, its keys. */
  private final List<List<byte[]>> keys;

  RedisReader(RedisConnection connection, List<StoredView> views, List<Lookup> lookups) {
    this.connection = connection;
    this.views = views;
    this.markerKeys = views.stream().map(view -> view.keys().marker()).toList();
    this.keys = new ArrayList<>(lookups.size());
    for (int i = 0; i < lookups.size(); i++) {
      keys.add(views.get(i).keysOf(lookups.get(i).entityKeys()));
    }
  }

  CompletionStage<List<Reading>> read() {
    CompletableFuture<List<Reading>> outcome = new CompletableFuture<>();
    attempt(1, outcome);
    return outcome;
  }

  private void attempt(int number, CompletableFuture<List<Reading>> outcome) {
    RedisCall<List<byte @Nullable []>> before = RedisCall.mget(markerKeys);
    List<RedisCall<List<byte @Nullable []>>> records = recordCalls();
    RedisCall<List<byte @Nullable []>> after = RedisCall.mget(markerKeys);
    List<RedisCall<List<byte @Nullable []>>> calls = new ArrayList<>(records.size() + 2);
    calls.add(before);
    calls.addAll(records);
    calls.add(after);
    connection
        .send(calls, () -> readings(before, records, after))
        .whenComplete(
            (readings, failure) -> {
              if (failure != null) {
                outcome.completeExceptionally(failure);
              } else if (readings.isPresent()) {
                outcome.complete(readings.get());
              } else if (number < ATTEMPTS) {
                attempt(number + 1, outcome);
              } else {
                outcome.completeExceptionally(movedTooOften());
              }
            });
  }

  /** Empty if it cannot be said that a record is absent. */
  private Optional<List<Reading>> readings(
      RedisCall<List<byte @Nullable []>> before,
      List<RedisCall<List<byte @Nullable []>>> records,
      RedisCall<List<byte @Nullable []>> after) {
    List<byte @Nullable []> markers = connection.answer(before);
    List<Reading> readings = readings(markers, records);
    return holds(readings, markers, connection.answer(after))
        ? Optional.of(readings)
        : Optional.empty();
  }

  private StoreUnavailableException movedTooOften() {
    return new StoreUnavailableException(
        "Redis at %s: markers moved during each of %d reads; read again"
            .formatted(connection.address(), ATTEMPTS),
        new IllegalStateException("markers keep moving"));
  }

  private List<RedisCall<List<byte @Nullable []>>> recordCalls() {
    List<RedisCall<List<byte @Nullable []>>> calls = new ArrayList<>(keys.size());
    for (List<byte[]> lookup : keys) {
      for (int from = 0; from < lookup.size(); from += KEYS_PER_COMMAND) {
        calls.add(
            RedisCall.mget(lookup.subList(from, Math.min(from + KEYS_PER_COMMAND, lookup.size()))));
      }
    }
    return calls;
  }

  private List<Reading> readings(
      List<byte @Nullable []> markers, List<RedisCall<List<byte @Nullable []>>> records) {
    List<Reading> readings = new ArrayList<>(keys.size());
    int call = 0;
    for (int i = 0; i < keys.size(); i++) {
      List<byte[]> asked = keys.get(i);
      List<Reading.Found> found = new ArrayList<>(asked.size());
      while (found.size() < asked.size()) {
        for (byte[] value : connection.answer(records.get(call++))) {
          found.add(views.get(i).found(asked.get(found.size()), value));
        }
      }
      Optional<Marker> marker = MarkerCodec.decode(markerKeys.get(i), markers.get(i));
      readings.add(new Reading(marker, found));
    }
    return readings;
  }

  private static boolean holds(
      List<Reading> readings, List<byte @Nullable []> before, List<byte @Nullable []> after) {
    for (int i = 0; i < readings.size(); i++) {
      if (!Arrays.equals(before.get(i), after.get(i))
          && readings.get(i).records().contains(new Reading.Found.Absent())) {
        return false;
      }
    }
    return true;
  }
}
