package dev.depslim.cli;

import dev.depslim.classify.Classifier;
import dev.depslim.classify.RuleFile;
import dev.depslim.classify.RuleSet;
import dev.depslim.model.Category;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Issue;
import dev.depslim.policy.Policy;
import dev.depslim.policy.PolicyFile;
import dev.depslim.verdict.Verdicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--config`, `--rules` and `--exclude`: what is asked of packages and which rules know them.
final class PolicyOptions {
  private static final String FILE = ".depslim.yml";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Read the policy from FILE instead of PATH/.depslim.yml.")
  @Nullable Path config;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Add a rule set on top of the others; may be repeated, the last one wins.")
  List<Path> rules = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "CATEGORY",
      split = ",",
      description =
          "Categories that the savings leave out (default: dev, coding-agent, heavy-ml,"
              + " browser-automation; also from DEPSLIM_EXCLUDE).")
  List<String> exclude = new ArrayList<>();

  /// What the options mean for a run.
  ///
  /// @param issues of the policy file and the rule sets
  /// @param excludeWritten whether the user wrote the categories or they are the default
  record Loaded(
      Policy policy,
      Classifier classifier,
      List<RuleSet> ruleSets,
      List<Category> excluded,
      boolean excludeWritten,
      List<Issue> issues) {
    /// What should become of packages, as the policy and the written categories have it.
    Verdicts verdicts() {
      LocalDate today = LocalDate.now(ZoneId.systemDefault());
      return new Verdicts(
          excluded,
          excludeWritten,
          (ecosystem, name, classification) ->
              policy.allowance(ecosystem, name, classification, today));
    }
  }

  /// Reads what the options name.
  ///
  /// @param root folder whose `.depslim.yml` counts where no `--config` is given; null for none
  Loaded load(Context context, @Nullable Path root) {
    Path file = config != null ? config : root == null ? null : root.resolve(FILE);
    Policy policy = Policy.defaults();
    List<RuleSet> sets = new ArrayList<>();
    if (file != null && (config != null || Files.exists(file))) {
      if (!Files.isRegularFile(file)) {
        throw new DepslimException.Usage(
            file + ": there is no such policy file; depslim init writes one");
      }
      policy = PolicyFile.read(config == null ? FILE : file.toString(), bytes(file));
      Path folder = file.toAbsolutePath().getParent();
      for (String name : policy.rules()) {
        Path set = folder == null ? Path.of(name) : folder.resolve(name);
        sets.add(ruleSet(name, set));
      }
    }
    for (Path set : rules) {
      sets.add(ruleSet(set.toString(), set));
    }
    List<Issue> issues = new ArrayList<>(policy.issues());
    sets.forEach(set -> issues.addAll(set.issues()));
    String variable = context.streams().variable("DEPSLIM_EXCLUDE");
    List<String> names =
        !exclude.isEmpty()
            ? exclude
            : variable == null || variable.isBlank()
                ? Policy.DEFAULT_FORBID
                : List.of(variable.trim().split("\\s*,\\s*"));
    return new Loaded(
        policy,
        new Classifier(sets),
        sets,
        names.stream().map(PolicyOptions::category).distinct().sorted().toList(),
        names != Policy.DEFAULT_FORBID,
        issues);
  }

  static RuleSet ruleSet(String shown, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DepslimException.Usage(shown + ": there is no such rule set");
    }
    return RuleFile.read(shown, bytes(file));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Category category(String name) {
    return Category.named(name)
        .orElseThrow(() ->
            new DepslimException.Usage(
                "'"
                    + name
                    + "' is no category: use production, dev, coding-agent, heavy-ml or"
                    + " browser-automation"));
  }
}
