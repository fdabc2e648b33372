package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.LockValidation.Problem;
import dev.depslim.ecosystem.node.LockValidation.Rule;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says why npm refuses a lock.
final class LockRefusal {
  /// So many problems are told; of more the number.
  private static final int SHOWN = 5;

  private LockRefusal() {}

  /// The message for a lock that `npm ci` refuses.
  ///
  /// @param lock its path
  /// @param manifest path of the manifest that it should serve
  static String message(ProjectPlan plan, String lock, String manifest, List<Problem> problems) {
    String remedy = "run 'npm install' and commit the lock";
    if (problems.stream().allMatch(Problem::peer)) {
      remedy += ", or put legacy-peer-deps=true into .npmrc where that is how you install";
    }
    return lock
        + ": 'npm ci' refuses it, for it does not belong to "
        + manifest
        + ": "
        + rows(plan, manifest, problems)
        + "; "
        + remedy
        + ", then run again";
  }

  /// The message for a slim lock that `npm ci` would refuse, though it accepts the original.
  static String slimMessage(
      ProjectPlan plan, String lock, String manifest, List<Problem> problems) {
    return lock
        + ": 'npm ci' would refuse it without the packages that go: "
        + rows(plan, manifest, problems)
        + "; they held these versions: declare those in dependencies, then run again";
  }

  private static String rows(ProjectPlan plan, String manifest, List<Problem> problems) {
    List<String> rows = new ArrayList<>();
    for (Problem problem : problems.subList(0, Math.min(SHOWN, problems.size()))) {
      rows.add(problem(problem, manifest) + place(plan, problem));
    }
    if (problems.size() > SHOWN) {
      rows.add((problems.size() - SHOWN) + " more");
    }
    return String.join("; ", rows);
  }

  private static String problem(Problem problem, String manifest) {
    return switch (problem.rule()) {
      case MISSING -> requirement(problem, manifest) + " and is not locked (Missing)";
      case INVALID ->
          requirement(problem, manifest) + " and locked as " + problem.locked() + " (Invalid)";
      case PEER_LOCAL ->
          requirement(problem, manifest) + " as a peer and is locked inside that package (Invalid)";
      case OVERRIDE ->
          problem.name()
              + " is overridden with "
              + problem.wanted()
              + " and required otherwise by "
              + manifest
              + " itself (EOVERRIDE)";
      case REFERENCE ->
          problem.name()
              + " is overridden with "
              + problem.wanted()
              + ", which "
              + manifest
              + " does not declare";
      case UNSUPPORTED ->
          requirement(problem, manifest) + ", which npm cannot install (EUNSUPPORTEDPROTOCOL)";
      case LINK ->
          problem.from()
              + " is a link to '"
              + problem.wanted()
              + "', which it does not describe (EMISSINGTARGET)";
    };
  }

  /// `a is required as ^1 by b@2`.
  static String requirement(Problem problem, String manifest) {
    String by = problem.requirer();
    String wanted = problem.wanted().isEmpty() ? "*" : problem.wanted();
    return problem.name() + " is required as " + wanted + " by " + (by == null ? manifest : by);
  }

  private static String place(ProjectPlan plan, Problem problem) {
    if (!problem.from().isEmpty() || problem.rule() == Rule.LINK) {
      return "";
    }
    @Nullable Decision decision = plan.decision(problem.name());
    if (decision == null) {
      return "";
    }
    for (DeclaredDependency declaration : decision.dependency().declarations()) {
      return " at " + declaration.location();
    }
    return "";
  }
}
