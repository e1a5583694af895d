package dev.plumbline.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Who makes a revision the newest, and what from.
 *
 * @param name {@code user@host}
 * @param commit of Git at which the definitions lie; absent outside of Git
 */
public record Applicant(String name, Optional<String> commit) {
  /** The user of this process, on this machine. */
  public static Applicant ofProcess(Optional<String> commit) {
    return new Applicant(System.getProperty("user.name", "somebody") + "@" + host(), commit);
  }

  /** The name of this machine. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
