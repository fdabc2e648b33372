package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Manifest;
import dev.depslim.model.Scope;
import java.util.List;
import java.util.Locale;

/// `setup.cfg` of setuptools ("Configuring setuptools using setup.cfg files"): `[metadata] name`,
/// the requirements of `[options]` and `[options.extras_require]`, and the `[extras]` of pbr. A
/// `setup.cfg` that only configures other tools is none.
public final class SetupCfg implements ManifestReader {
  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path) {
    return Paths.name(path).equals("setup.cfg");
  }

  @Override
  public boolean reads(String path, ProjectFiles files) {
    if (!reads(path)) {
      return false;
    }
    byte[] bytes = files.read(path);
    if (bytes == null) {
      return false;
    }
    String text = RequirementsText.decode(bytes).text();
    return text.contains("[options") || text.contains("[metadata]");
  }

  @Override
  public Manifest read(SourceFile file, ProjectFiles files) {
    SetupEntries entries = new SetupEntries(file);
    RequirementsText text = RequirementsText.decode(file.bytes());
    RequirementsText.Problem undecoded = text.problem();
    if (undecoded != null) {
      entries.error(undecoded.line(), undecoded.column(), undecoded.message());
    }
    IniFile ini = IniFile.parse(text);
    for (IniFile.Problem problem : ini.problems()) {
      entries.error(problem.line(), 1, problem.message());
    }
    Reading reading = new Reading(file, files, entries);
    for (IniFile.Option option : ini.options()) {
      if (option.section().equals("metadata") && option.name().equals("name")) {
        entries.name(option.lines().isEmpty() ? "" : option.lines().getFirst().text());
      }
    }
    ini.options().forEach(reading::option);
    return entries.manifest("setup.cfg");
  }

  /// One file while it is read.
  private record Reading(SourceFile file, ProjectFiles files, SetupEntries entries) {
    void option(IniFile.Option option) {
      switch (option.section()) {
        case "options" -> {
          String keyword = option.name().replace('-', '_');
          Scope scope = SetupEntries.scope(keyword);
          if (scope != null && scope != Scope.OPTIONAL) {
            requirements(option, keyword, scope, SetupEntries.group(keyword));
          }
        }
        case "options.extras_require", "extras" ->
            requirements(
                option, "the extra '" + option.name() + "'", Scope.OPTIONAL, option.name());
        default -> {}
      }
    }

    /// A list with one requirement a line, or in one line with `;` between them, or `file:`.
    private void requirements(
        IniFile.Option option,
        String where,
        Scope scope,
        @org.jspecify.annotations.Nullable String group) {
      List<IniFile.Line> lines = option.lines();
      if (lines.isEmpty()) {
        return;
      }
      IniFile.Line first = lines.getFirst();
      String start = first.text().toLowerCase(Locale.ROOT);
      if (start.startsWith("file:")) {
        for (IniFile.Line line : lines) {
          String names = line == first ? line.text().substring("file:".length()) : line.text();
          for (String name : names.split(",", -1)) {
            include(Text.strip(name), line);
          }
        }
        return;
      }
      if (lines.size() == 1 && first.number() == option.line()) {
        int from = 0;
        String[] parts = first.text().split(";", -1);
        for (String part : parts) {
          entries.requirement(
              part, first.number(), first.column() + from, where, scope, group, null);
          from += part.length() + 1;
        }
        return;
      }
      for (IniFile.Line line : lines) {
        entries.requirement(line.text(), line.number(), line.column(), where, scope, group, null);
      }
    }

    private void include(String name, IniFile.Line line) {
      if (name.isEmpty()) {
        return;
      }
      String path = Paths.resolve(file.folder(), name);
      if (path == null || !files.exists(path)) {
        entries.error(
            line.number(),
            line.column(),
            "the requirement file " + name + " does not exist here: correct the path");
      } else {
        entries.include(path);
      }
    }
  }
}
