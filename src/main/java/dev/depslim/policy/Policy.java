package dev.depslim.policy;

import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a `.depslim.yml` says, or the defaults.
///
/// @param path of the file as shown to people, or null where the defaults apply
/// @param rules paths of the users' rule sets as written, relative to the file
/// @param forbid what is kept out of production
/// @param registries what is asked for sizes on request where the clients name none
/// @param notInForce keys that are accepted and not yet acted on
/// @param issues what was wrong with the file
public record Policy(
    @Nullable String path,
    List<String> rules,
    List<String> entryPoints,
    List<PackageSelector> forbid,
    List<Allowance> allow,
    List<Ignore> ignore,
    List<ImagePolicy> images,
    Severity failOn,
    Confidence minConfidence,
    Map<Ecosystem, String> registries,
    List<String> notInForce,
    List<Issue> issues) {
  /// What is forbidden where nothing else is said.
  public static final List<String> DEFAULT_FORBID =
      List.of("dev", "coding-agent", "heavy-ml", "browser-automation");

  public Policy {
    rules = List.copyOf(rules);
    entryPoints = List.copyOf(entryPoints);
    forbid = List.copyOf(forbid);
    allow = List.copyOf(allow);
    ignore = List.copyOf(ignore);
    images = List.copyOf(images);
    registries = Map.copyOf(registries);
    notInForce = List.copyOf(notInForce);
    issues = List.copyOf(issues);
  }

  /// A forbidden package that is allowed all the same.
  ///
  /// @param expires the last day of the allowance, or null
  /// @param location of the entry in the file
  public record Allowance(
      PackageSelector selector, String reason, @Nullable LocalDate expires, Location location) {
    /// Whether it has ended.
    boolean isExpired(LocalDate today) {
      return expires != null && expires.isBefore(today);
    }
  }

  /// A finding that is left out.
  ///
  /// @param rule id of the finding
  /// @param selector null for the findings of all packages
  public record Ignore(
      String rule, @Nullable PackageSelector selector, String reason, Location location) {}

  /// What the file says of an image.
  ///
  /// @param base name of its base image, or null
  public record ImagePolicy(String ref, @Nullable String base) {}

  /// The policy where there is no file.
  public static Policy defaults() {
    return new Policy(
        null,
        List.of(),
        List.of(),
        selectors(DEFAULT_FORBID),
        List.of(),
        List.of(),
        List.of(),
        Severity.ERROR,
        Confidence.CERTAIN,
        Map.of(),
        List.of(),
        List.of());
  }

  /// Why production may hold a package that is forbidden otherwise, or null where it may not.
  ///
  /// @param today allowances that ended before it count no more
  public @Nullable String allowance(
      Ecosystem ecosystem, String name, Classification classification, LocalDate today) {
    for (Allowance allowance : allow) {
      if (!allowance.isExpired(today)
          && allowance.selector().selects(ecosystem, name, classification)) {
        return allowance.reason();
      }
    }
    return null;
  }

  static List<PackageSelector> selectors(List<String> texts) {
    return texts.stream()
        .map(text -> java.util.Objects.requireNonNull(PackageSelector.parse(text)))
        .toList();
  }
}
