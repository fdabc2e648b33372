package dev.depslim.cli;

import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ManifestWriter;
import dev.depslim.ecosystem.alpine.ApkInstalled;
import dev.depslim.ecosystem.debian.DpkgStatus;
import dev.depslim.ecosystem.node.NodeEcosystem;
import dev.depslim.ecosystem.node.NodeModules;
import dev.depslim.ecosystem.node.NodeRuntime;
import dev.depslim.ecosystem.node.NpmWriter;
import dev.depslim.ecosystem.python.CondaMeta;
import dev.depslim.ecosystem.python.DistInfo;
import dev.depslim.ecosystem.python.PythonEcosystem;
import dev.depslim.ecosystem.python.PythonRuntime;
import dev.depslim.ecosystem.python.PythonWriter;
import dev.depslim.ecosystem.rpm.RpmDatabase;
import dev.depslim.image.source.ArchiveOpener;
import dev.depslim.image.source.EngineOpener;
import dev.depslim.image.source.ImageOpeners;
import dev.depslim.image.source.LayoutOpener;
import dev.depslim.model.Ecosystem;
import dev.depslim.project.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The explicit lists of everything that can be plugged in.
final class Wiring {
  /// A command that can be named; it is built only when it is.
  ///
  /// @param make the picocli command object, or a whole [CommandLine]
  record Entry(String name, String summary, Function<Context, Object> make) {}

  /// The commands in the order of the help.
  static final List<Entry> COMMANDS =
      List.of(
          new Entry(
              "analyze",
              "show what a project declares, resolves and should not ship",
              AnalyzeCommand::new),
          new Entry("image", "show whose the bytes of an image are", ImageCommand::new),
          new Entry(
              "check", "fail where production would ship what is forbidden", CheckCommand::new),
          new Entry(
              "minimize",
              "write the manifests and locks that production needs",
              MinimizeCommand::new),
          new Entry("explain", "show why a package is here", ExplainCommand::new),
          new Entry("rules", "list, explain and validate the rules", Wiring::rules),
          new Entry("init", "write a commented .depslim.yml", InitCommand::new));

  private Wiring() {}

  /// The command of this name, or null.
  static @Nullable Entry command(String name) {
    for (Entry entry : COMMANDS) {
      if (entry.name().equals(name)) {
        return entry;
      }
    }
    return null;
  }

  private static Object rules(Context context) {
    CommandLine line = new CommandLine(new RulesCommand());
    line.addSubcommand(new RulesListCommand(context));
    line.addSubcommand(new RulesExplainCommand(context));
    line.addSubcommand(new RulesValidateCommand(context));
    return line;
  }

  /// The file formats of projects.
  static Formats formats() {
    List<ManifestReader> manifests = new ArrayList<>();
    manifests.addAll(NodeEcosystem.manifests());
    manifests.addAll(PythonEcosystem.manifests());
    List<LockfileReader> locks = new ArrayList<>();
    locks.addAll(NodeEcosystem.lockfiles());
    locks.addAll(PythonEcosystem.lockfiles());
    return new Formats(manifests, locks);
  }

  /// What writes the slim forms of projects.
  static List<ManifestWriter> manifestWriters() {
    return List.of(new NpmWriter(), new PythonWriter());
  }

  /// The ways to get at an image, in the order in which they are tried.
  static ImageOpeners openers() {
    return new ImageOpeners(
        List.of(
            new ArchiveOpener(),
            new LayoutOpener(),
            EngineOpener.dockerStream(),
            EngineOpener.podman(),
            EngineOpener.docker()));
  }

  /// What finds packages that are installed beside a project.
  static Map<Ecosystem, InstalledPackages> installedBeside() {
    return Map.of(Ecosystem.NPM, new NodeModules(), Ecosystem.PYPI, new DistInfo());
  }

  /// What finds packages in an image; those of the system first.
  static List<InstalledPackages> installedPackages() {
    return List.of(
        new DpkgStatus(),
        new ApkInstalled(),
        new RpmDatabase(),
        new NodeRuntime(),
        new PythonRuntime(),
        new CondaMeta(),
        new NodeModules(),
        new DistInfo());
  }
}
