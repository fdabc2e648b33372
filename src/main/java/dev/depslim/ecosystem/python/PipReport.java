package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.TrialInstall.Expected;
import dev.depslim.model.DepslimException.InvalidInput;
import dev.depslim.model.Ecosystem;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what pip says that it would install.
final class PipReport {
  /// Its name in a scratch folder.
  static final String FILE = "report.json";

  private PipReport() {}

  /// @throws InvalidInput where there is no report in a folder
  static List<Installed> in(Path folder, @Nullable Expected expected) {
    try {
      return installed(Files.readString(folder.resolve(FILE)), expected);
    } catch (IOException e) {
      throw new InvalidInput("pip wrote no report: use pip 22.2 or later", e);
    }
  }

  /// What the report of pip ("Installation report" of its documentation) says, sorted by name.
  ///
  /// @param expected whose spelling of a version counts: `4.6` may be `4.6.0` in the report
  /// @throws InvalidInput where the text is no such report
  static List<Installed> installed(String report, @Nullable Expected expected) {
    Tree tree;
    try {
      tree = Json.parse(report.getBytes(StandardCharsets.UTF_8));
    } catch (SyntaxException e) {
      throw new InvalidInput(
          "pip wrote no report: " + e.getMessage() + "; use pip 22.2 or later", e);
    }
    Tree.Sequence list = tree instanceof Tree.Mapping root ? root.sequence("install") : null;
    if (list == null) {
      throw new InvalidInput("pip wrote a report without 'install'; use pip 22.2 or later");
    }
    List<Installed> out = new ArrayList<>();
    for (Tree item : list.items()) {
      Tree.Mapping metadata = item instanceof Tree.Mapping one ? one.mapping("metadata") : null;
      String name = metadata == null ? null : metadata.string("name");
      String version = metadata == null ? null : metadata.string("version");
      if (name != null && version != null) {
        String normalized = Ecosystem.PYPI.normalize(name);
        out.add(new Installed(normalized, spelled(normalized, version, expected), null, false));
      }
    }
    out.sort(Comparator.comparing(Installed::name));
    return out;
  }

  private static String spelled(String name, String text, @Nullable Expected expected) {
    Version version = Version.parse(text);
    if (version == null) {
      return text;
    }
    for (Installed one : expected == null ? List.<Installed>of() : expected.installs()) {
      Version planned = one.version() == null ? null : Version.parse(one.version());
      boolean same =
          planned != null && planned.withoutTrailingZeros().equals(version.withoutTrailingZeros());
      if (one.version() != null && one.name().equals(name) && same) {
        return one.version();
      }
    }
    return version.toString();
  }
}
