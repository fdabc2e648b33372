package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A point in which a lock does not say what its manifest says.
///
/// @param lockfile path of the lock
/// @param name the package as declared, or null where only the lock as a whole is known to differ
/// @param location the declaration, or the lock where the manifest has none
/// @param what a sentence without its subject and its end that has both values, such as
///   `package.json asks for ^5.0.0, package-lock.json was made for ^4.17.0`
/// @param install a command that installs from the two, such as `npm ci`
/// @param outcome what that command does
/// @param repair the command that brings the lock up to date
/// @param confidence certain, but where a hook of the project may have changed what was locked
/// @param evidence what it rests on, for people
public record Disagreement(
    String lockfile,
    @Nullable String name,
    Location location,
    String what,
    String install,
    Outcome outcome,
    String repair,
    Confidence confidence,
    List<String> evidence) {
  public Disagreement {
    evidence = List.copyOf(evidence);
  }

  /// What an install makes of a disagreement.
  public enum Outcome {
    /// It fails.
    REFUSES,
    /// It installs what the lock says, whatever the manifest asks for.
    FOLLOWS_LOCK,
    /// It installs what the manifest asks for, because the lock happens to have it.
    FOLLOWS_MANIFEST
  }

  /// The same, no more than likely.
  public Disagreement likely(String why) {
    return new Disagreement(
        lockfile, name, location, what, install, outcome, repair, Confidence.LIKELY, List.of(why));
  }
}
