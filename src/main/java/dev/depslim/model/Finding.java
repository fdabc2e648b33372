package dev.depslim.model;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that should be otherwise.
///
/// @param rule id of the finding, such as `forbidden-in-production`
/// @param subject a package name or package URL
/// @param about the package that it is about, or null
/// @param location where to mend it
/// @param message what is wrong and what to do
/// @param savingsBytes bytes that mending it saves, or null where not known
/// @param evidence what it rests on, for people
public record Finding(
    String rule,
    Severity severity,
    Confidence confidence,
    String subject,
    @Nullable PackageRef about,
    Location location,
    String message,
    @Nullable Long savingsBytes,
    List<String> evidence)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::rule)
          .thenComparing(Finding::location)
          .thenComparing(Finding::subject);

  /// A package that a finding is about.
  ///
  /// @param broughtBy the declared dependency that brings a transitive one, or null
  /// @param broughtFrom where that is declared, or null
  public record PackageRef(
      Ecosystem ecosystem,
      String name,
      @Nullable String version,
      Classification classification,
      @Nullable String broughtBy,
      @Nullable Location broughtFrom) {}

  public Finding {
    evidence = List.copyOf(evidence);
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
