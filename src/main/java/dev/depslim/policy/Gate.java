package dev.depslim.policy;

import dev.depslim.model.Analysis;
import dev.depslim.model.Confidence;
import dev.depslim.model.Finding;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.PolicyResult;
import dev.depslim.model.Project;
import dev.depslim.model.Severity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a policy against an analysis.
public final class Gate {
  private static final String FORBIDDEN = "forbidden-in-production";

  private final Policy policy;
  private final LocalDate today;
  private final Set<Object> used = new HashSet<>();
  private final List<PolicyResult.Allowed> allowed = new ArrayList<>();

  private Gate(Policy policy, LocalDate today) {
    this.policy = policy;
    this.today = today;
  }

  /// The analysis without the findings that the policy allows or ignores.
  public static Analysis filter(Analysis analysis, Policy policy, LocalDate today) {
    return analysis.judged(new Gate(policy, today).kept(analysis), analysis.policy());
  }

  /// The same with the result of the gate.
  ///
  /// @param tolerated packages of the category dev that production packages need, which are counted
  ///   only
  public static Analysis hold(Analysis analysis, Policy policy, LocalDate today, int tolerated) {
    Gate gate = new Gate(policy, today);
    List<Finding> kept = gate.kept(analysis);
    List<PolicyResult.Stale> stale = gate.stale();
    for (PolicyResult.Stale entry : stale) {
      kept.add(
          new Finding(
              "stale-policy-entry",
              Severity.WARNING,
              Confidence.CERTAIN,
              entry.entry(),
              null,
              entry.location(),
              entry.message(),
              null,
              List.of()));
    }
    List<PolicyResult.Breach> breaches =
        kept.stream().sorted().filter(gate::fails).map(Gate::breach).toList();
    List<String> notes =
        tolerated == 0
            ? List.of()
            : List.of(
                tolerated
                    + (tolerated == 1 ? " package" : " packages")
                    + " of the category dev are there because production packages need them");
    PolicyResult result =
        new PolicyResult(
            breaches.isEmpty() ? PolicyResult.Result.PASS : PolicyResult.Result.FAIL,
            policy.path(),
            policy.forbid().stream().map(PackageSelector::text).toList(),
            policy.failOn(),
            policy.minConfidence(),
            breaches,
            gate.allowed,
            notes,
            stale,
            policy.notInForce(),
            checked(analysis));
    return analysis.judged(kept, result);
  }

  private static PolicyResult.Checked checked(Analysis analysis) {
    int dependencies = 0;
    int resolved = 0;
    for (Project project : analysis.projects()) {
      dependencies += project.dependencies().size();
      resolved += project.resolved().size();
    }
    return new PolicyResult.Checked(dependencies, resolved, analysis.images().size());
  }

  private List<Finding> kept(Analysis analysis) {
    List<Finding> kept = new ArrayList<>();
    for (Finding finding : analysis.findings()) {
      if (!isAllowed(finding) && !isIgnored(finding)) {
        kept.add(finding);
      }
    }
    return kept;
  }

  private boolean isAllowed(Finding finding) {
    if (!finding.rule().equals(FORBIDDEN)) {
      return false;
    }
    for (Policy.Allowance allowance : policy.allow()) {
      if (selects(allowance.selector(), finding)) {
        used.add(allowance);
        if (!allowance.isExpired(today)) {
          Finding.PackageRef about = Objects.requireNonNull(finding.about());
          allowed.add(
              new PolicyResult.Allowed(
                  finding.subject(),
                  about.name(),
                  finding.location(),
                  allowance.reason(),
                  allowance.expires() == null ? null : allowance.expires().toString()));
          return true;
        }
      }
    }
    return false;
  }

  private boolean isIgnored(Finding finding) {
    for (Policy.Ignore ignore : policy.ignore()) {
      if (ignore.rule().equals(finding.rule())
          && (ignore.selector() == null || selects(ignore.selector(), finding))) {
        used.add(ignore);
        return true;
      }
    }
    return false;
  }

  private static boolean selects(PackageSelector selector, Finding finding) {
    Finding.PackageRef about = finding.about();
    return about != null
        && selector.selects(about.ecosystem(), about.name(), about.classification());
  }

  private List<PolicyResult.Stale> stale() {
    List<PolicyResult.Stale> out = new ArrayList<>();
    for (Policy.Allowance allowance : policy.allow()) {
      String text = allowance.selector().text();
      if (allowance.isExpired(today)) {
        out.add(
            new PolicyResult.Stale(
                text,
                allowance.location(),
                "the allowance of "
                    + text
                    + " ended on "
                    + allowance.expires()
                    + ": remove the package, or renew it"));
      } else if (!used.contains(allowance)) {
        out.add(
            new PolicyResult.Stale(
                text,
                allowance.location(),
                "nothing forbidden matches the allowance of " + text + " any more: remove it"));
      }
    }
    for (Policy.Ignore ignore : policy.ignore()) {
      if (!used.contains(ignore)) {
        out.add(
            new PolicyResult.Stale(
                ignore.rule(),
                ignore.location(),
                "no " + ignore.rule() + " finding matches this entry any more: remove it"));
      }
    }
    return out;
  }

  /// A forbidden category fails from `likely` on, everything else as the policy says.
  private boolean fails(Finding finding) {
    if (finding.rule().equals(FORBIDDEN)) {
      return finding.confidence().atLeast(Confidence.LIKELY);
    }
    return finding.severity().atLeast(policy.failOn())
        && finding.confidence().atLeast(policy.minConfidence());
  }

  private static PolicyResult.Breach breach(Finding finding) {
    Finding.PackageRef about = finding.about();
    return new PolicyResult.Breach(
        finding.rule(),
        finding.subject(),
        about == null ? finding.subject() : about.name(),
        finding.location(),
        about == null ? null : about.classification(),
        broughtBy(about),
        finding.message());
  }

  private static @Nullable String broughtBy(Finding.@Nullable PackageRef about) {
    if (about == null || about.broughtBy() == null) {
      return null;
    }
    return about.broughtFrom() == null
        ? about.broughtBy()
        : about.broughtBy() + " " + about.broughtFrom().path() + ":" + about.broughtFrom().line();
  }
}
