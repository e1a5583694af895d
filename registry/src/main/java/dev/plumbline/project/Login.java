package dev.plumbline.project;

import java.util.Optional;

/** Who we are to a database. Its text does not show the password. */
public record Login(Optional<String> user, Optional<String> password) {
  @Override
  public String toString() {
    return "Login[user=" + user.orElse("") + "]";
  }
}
