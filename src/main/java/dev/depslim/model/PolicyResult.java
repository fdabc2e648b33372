package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the gate says.
///
/// @param config path of the policy file, or null where the defaults apply
/// @param forbid what is forbidden for production
/// @param failOn findings of this severity or worse fail the gate, where they are sure enough
/// @param minConfidence what is sure enough
/// @param breaches what fails
/// @param allowed what would fail and is allowed
/// @param notes what is forbidden in principle and does not fail, with a count
/// @param stale entries of the policy that match nothing any more or have expired
/// @param notInForce keys of the policy file that this version accepts and does not act on
/// @param checked how much was looked at
public record PolicyResult(
    Result result,
    @Nullable String config,
    List<String> forbid,
    Severity failOn,
    Confidence minConfidence,
    List<Breach> breaches,
    List<Allowed> allowed,
    List<String> notes,
    List<Stale> stale,
    List<String> notInForce,
    Checked checked) {
  public PolicyResult {
    forbid = List.copyOf(forbid);
    breaches = List.copyOf(breaches);
    allowed = List.copyOf(allowed);
    notes = List.copyOf(notes);
    stale = List.copyOf(stale);
    notInForce = List.copyOf(notInForce);
  }

  /// How the gate ended.
  public enum Result {
    PASS,
    FAIL;

    /// The name used in reports.
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// A reason to fail.
  ///
  /// @param rule id of the finding
  /// @param subject package URL
  /// @param location the file and line to change
  /// @param classification of the package, where it is about one
  /// @param broughtBy the declaration that brings a transitive one, or null
  /// @param message for people
  public record Breach(
      String rule,
      String subject,
      String name,
      Location location,
      @Nullable Classification classification,
      @Nullable String broughtBy,
      String message) {}

  /// Something that an allowance lets pass.
  ///
  /// @param expires ISO date, or null
  public record Allowed(
      String subject, String name, Location location, String reason, @Nullable String expires) {}

  /// An entry of the policy that is dead.
  public record Stale(String entry, Location location, String message) {}

  /// How much was looked at.
  public record Checked(int dependencies, int resolved, int images) {}
}
