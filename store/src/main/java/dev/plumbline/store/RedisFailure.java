package dev.plumbline.store;

import static java.util.Map.entry;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** From what Lettuce or Redis report to one exception that says where, what and what to do. */
final class RedisFailure {
  private static final String MOVING =
      "a slot is being moved between masters; try again, or end it (redis-cli --cluster fix)";

  /** By the first word of Redis's answer. */
  private static final Map<String, String> REMEDIES =
      Map.ofEntries(
          entry("LOADING", "it is reading its data from disk; wait until it has"),
          entry("OOM", "it has no memory left; raise maxmemory or remove data"),
          entry(
              "READONLY", "it is a replica; give the address of the primary, or of the sentinels"),
          entry("MASTERDOWN", "it has lost its primary; wait for the failover"),
          entry("NOAUTH", "it asks for a password; put it into the address"),
          entry("WRONGPASS", "it does not know this user and password; correct the address"),
          entry("NOPERM", "this user may not do that; widen its ACL"),
          entry("BUSY", "a script of another client is running; wait, or SCRIPT KILL"),
          entry("MISCONF", "it cannot write to its disk; see its log"),
          entry("CLUSTERDOWN", "a master is lost, or slots have none; wait for the failover"),
          entry("TRYAGAIN", MOVING),
          entry("ASK", MOVING));

  private static final String OF_A_CLUSTER =
      "it is a node of a cluster; give its address as redis-cluster://host:port";

  /**
   * What Lettuce says of commands that are not sent yet, and of those that are not answered yet.
   */
  private static final String FULL = " size exceeded: ";

  private static final Pattern IN_SCRIPT =
      Pattern.compile("^ERR Error running script .*@user_script: \\d+: -?");

  private RedisFailure() {}

  static StoreUnavailableException at(RedisAddress address, Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof StoreUnavailableException known) {
      return known;
    }
    return new StoreUnavailableException(
        "Redis at %s: %s; %s".formatted(address, reason(cause), remedy(address, cause)), cause);
  }

  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapper && cause != null ? unwrapped(cause) : failure;
  }

  private static String reason(Throwable cause) {
    StringBuilder reason = new StringBuilder(answer(cause));
    for (Throwable deeper = cause.getCause(); deeper != null; deeper = deeper.getCause()) {
      String message = Optional.ofNullable(deeper.getMessage()).orElse(deeper.toString());
      if (reason.indexOf(message) < 0 && message.indexOf(answer(cause)) < 0) {
        reason.append(": ").append(message);
      }
    }
    return reason.toString();
  }

  /** What Redis answered; before version 7 it wraps what went wrong in a script. */
  private static String answer(Throwable cause) {
    return IN_SCRIPT.matcher(String.valueOf(cause.getMessage())).replaceFirst("");
  }

  private static String remedy(RedisAddress address, Throwable cause) {
    if (reason(cause).contains("cluster support disabled")) {
      return "it is no cluster; give its address as redis://host:port";
    }
    if (cause instanceof RedisCommandExecutionException) {
      String code = answer(cause).split(" ", 2)[0];
      if (code.equals("MOVED") || code.equals("CROSSSLOT")) {
        return address.isCluster() ? MOVING : OF_A_CLUSTER;
      }
      return REMEDIES.getOrDefault(code, "see its log");
    }
    if (cause instanceof TimeoutException) {
      return "see whether it is overloaded or unreachable, or allow more time (of a server: --redis-timeout)";
    }
    if (answer(cause).contains(FULL)) {
      return "ask for less at a time, or let more be queued (of a server: --max-calls, --redis-queue)";
    }
    if (cause instanceof RedisConnectionException) {
      return "start it, or correct the address";
    }
    return "see whether it is running and not overloaded";
  }
}
