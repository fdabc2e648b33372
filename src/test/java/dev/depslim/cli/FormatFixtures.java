package dev.depslim.cli;

import dev.depslim.project.Formats;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Every file of a format that can be found: those of `src/test/resources` and of the examples,
/// and, where `DEPSLIM_VECTORS` is set, locks, requirement files and parser cases of the
/// conformance vectors.
final class FormatFixtures {
  private static final int MAX_BYTES = 1_000_000;

  private final Formats formats;
  private final List<FormatFixture> found = new ArrayList<>();

  private FormatFixtures(Formats formats) {
    this.formats = formats;
  }

  /// The fixtures that some reader reads, in a fixed order.
  static List<FormatFixture> of(Formats formats) throws IOException {
    FormatFixtures fixtures = new FormatFixtures(formats);
    fixtures.folders(Path.of("src/test/resources"), "resources");
    fixtures.folders(Path.of("examples"), "examples");
    String vectors = System.getenv("DEPSLIM_VECTORS");
    if (vectors != null) {
      fixtures.folders(Path.of(vectors, "locks"), "locks");
      fixtures.requirementFiles(Path.of(vectors, "pip-requirements.jsonl"));
      fixtures.parserCases(Path.of(vectors).resolveSibling("corpus").resolve("parser-cases.tsv"));
    }
    return fixtures.found;
  }

  /// Each folder below one is a fixture of its own, with all that lies in it and below.
  private void folders(Path root, String id) throws IOException {
    List<Path> all;
    try (Stream<Path> paths = Files.walk(root)) {
      all = paths.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : all) {
      Path folder = folderOf(file);
      add(
          id + "/" + root.relativize(file),
          folder.relativize(file).toString(),
          content(folder, all));
    }
  }

  /// `requirements/` is read with the folder that holds it.
  private static Path folderOf(Path file) {
    Path folder = file.resolveSibling("");
    return folder.endsWith("requirements") ? folder.resolveSibling("") : folder;
  }

  private static Map<String, byte[]> content(Path folder, List<Path> all) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (Path path : all) {
      if (path.startsWith(folder) && Files.size(path) <= MAX_BYTES) {
        files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }

  private void requirementFiles(Path cases) throws IOException {
    for (String line : Files.readAllLines(cases)) {
      Tree.Mapping one = (Tree.Mapping) Json.parse(line.getBytes(StandardCharsets.UTF_8));
      Tree.Mapping in = one.mapping("in");
      Tree.Mapping named = in == null ? null : in.mapping("files");
      if (named == null) {
        continue;
      }
      Map<String, byte[]> files = new HashMap<>();
      for (Tree.Member member : named.members()) {
        files.put(Path.of(member.name()).normalize().toString(), bytes(member.value()));
      }
      for (String path : files.keySet().stream().sorted().toList()) {
        Map<String, byte[]> renamed = new HashMap<>(files);
        renamed.put("requirements.txt", renamed.getOrDefault(path, new byte[0]));
        add("pip-requirements/" + one.string("id") + "/" + path, "requirements.txt", renamed);
      }
    }
  }

  private static byte[] bytes(Tree file) {
    Tree.Mapping mapping = file instanceof Tree.Mapping one ? one : null;
    String text = mapping == null ? null : mapping.string("text");
    String base64 = mapping == null ? null : mapping.string("base64");
    if (base64 != null) {
      return Base64.getDecoder().decode(base64);
    }
    return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
  }

  private void parserCases(Path table) throws IOException {
    if (!Files.exists(table)) {
      return;
    }
    for (String row : Files.readAllLines(table)) {
      String[] cells = row.split("\t", -1);
      if (cells.length > 5) {
        String name = Path.of(cells[3]).getFileName().toString();
        byte[] text = cells[5].replace(" ; ", "\n").getBytes(StandardCharsets.UTF_8);
        add("parser-cases/" + cells[0], name, Map.of(name, text));
      }
    }
  }

  private void add(String id, String path, Map<String, byte[]> files) {
    FormatFixture fixture = new FormatFixture(id, path, files);
    if (files.containsKey(path) && fixture.reader(formats) != null) {
      found.add(fixture);
    }
  }
}
