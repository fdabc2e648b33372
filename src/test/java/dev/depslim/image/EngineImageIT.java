package dev.depslim.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.classify.Classifier;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.debian.DpkgStatus;
import dev.depslim.ecosystem.node.NodeModules;
import dev.depslim.ecosystem.python.DistInfo;
import dev.depslim.engine.Engine;
import dev.depslim.image.source.ArchiveOpener;
import dev.depslim.image.source.EngineOpener;
import dev.depslim.image.source.ImageOpeners;
import dev.depslim.image.source.ImageRequest;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.DepslimException;
import dev.depslim.model.ImageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Builds a small image on the engine of this machine and reads it in every way there is.
class EngineImageIT {
  private static final Path DOCKERFILE = Path.of("src/test/resources/engine/tiny/Dockerfile");
  private static final String TAG = "depslim-it:" + ProcessHandle.current().pid();
  private static final List<InstalledPackages> READERS =
      List.of(new DpkgStatus(), new NodeModules(), new DistInfo());
  private static final ImageOpeners OPENERS =
      new ImageOpeners(
          List.of(new ArchiveOpener(), EngineOpener.dockerStream(), EngineOpener.docker()));

  /// What the RUN lines of the Dockerfile need, from this machine.
  private static final String TOOLS =
      """
      set -e
      mkdir -p root/bin
      for tool in sh rm mkdir ln chown chmod; do
        file=$(readlink -f "$(command -v $tool)")
        cp "$file" root/bin/$tool
        for library in $(ldd "$file" | grep -o '/[^ )]*'); do
          mkdir -p "root$(dirname "$library")"
          cp -L "$library" "root$library"
        done
      done
      tar -C root -cf tools.tar .
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void build() throws Exception {
    try (Engine engine = Engine.connect()) {
      assertFalse(engine.endpoint().because().isEmpty());
    } catch (DepslimException.EngineUnavailable e) {
      Assumptions.abort("no engine to build an image on: " + e.getMessage());
    }
    Files.copy(DOCKERFILE, folder.resolve("Dockerfile"));
    run("sh", "-c", TOOLS);
    run("docker", "build", "--network", "none", "--no-cache", "--rm", "-t", TAG, ".");
    run("docker", "save", "-o", "image.tar", TAG);
  }

  @AfterAll
  static void remove() throws Exception {
    if (Files.exists(folder.resolve("image.tar"))) {
      run("docker", "image", "rm", "--force", TAG);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("DOCKER_BUILDKIT", "0");
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + output);
  }

  private static ImageSource open(String reference) {
    return OPENERS.open(ImageRequest.of(reference, ImageReader.wanted(READERS)));
  }

  private static ImageReport report(String reference) throws IOException {
    ImageReader reader = new ImageReader(READERS, new Classifier(List.of()));
    try (ImageSource source = open(reference)) {
      return reader.read(source, ImageReader.Question.DEFAULT, _ -> {});
    }
  }

  private static ImageReport archive() throws IOException {
    return report("archive:" + folder.resolve("image.tar"));
  }

  private static void same(ImageReport expected, ImageReport actual) {
    assertEquals(expected.id(), actual.id());
    assertEquals(expected.platform(), actual.platform());
    assertEquals(expected.sizes().storedBytes(), actual.sizes().storedBytes());
    assertEquals(expected.sizes().liveBytes(), actual.sizes().liveBytes());
    assertEquals(expected.sizes().reclaimableBytes(), actual.sizes().reclaimableBytes());
    assertEquals(expected.files(), actual.files());
    assertEquals(expected.layers(), actual.layers());
    assertEquals(expected.packages(), actual.packages());
    assertEquals(expected.ledger(), actual.ledger());
    assertEquals(expected.waste(), actual.waste());
    assertEquals(expected.duplicates(), actual.duplicates());
    assertEquals(expected.savings(), actual.savings());
  }

  @Test
  void theStreamTellsWhatTheArchiveTells() throws IOException {
    ImageReport stream = report("docker-stream:" + TAG);
    assertEquals("docker-engine", stream.source());
    same(archive(), stream);
  }

  @Test
  void theFoldersTellWhatTheArchiveTells() throws IOException {
    ImageReport read = report("docker:" + TAG);
    boolean said = read.issues().toString().contains("read as a stream");
    assertTrue(read.source().equals("overlay2") || said || !hasFolders(), read.toString());
    same(archive(), read);
  }

  private static boolean hasFolders() {
    try (Engine engine = Engine.connect()) {
      return String.valueOf(engine.inspectImage(TAG, null).mapping("GraphDriver"))
          .contains("overlay2");
    }
  }

  @Test
  void theWasteOfTheDockerfileIsFound() throws IOException {
    Map<String, String> waste =
        report(TAG).waste().stream()
            .filter(row -> row.path().startsWith("srv/") || row.path().startsWith("/srv/"))
            .collect(
                Collectors.toMap(
                    row -> row.path().substring(row.path().indexOf("srv/")),
                    row -> row.kind() + " " + row.bytes(),
                    (one, two) -> one + ", " + two));
    assertEquals("deleted 10", waste.get("srv/cache/deep/file"));
    assertEquals("deleted 13", waste.get("srv/cache/short"));
    assertEquals("deleted 19", waste.get("srv/app/node_modules/left/index.js"));
    assertEquals("deleted 34", waste.get("srv/app/node_modules/left/package.json"));
    assertTrue(String.valueOf(waste.get("srv/keep/owner")).contains("metadata-only 14"));
  }

  @Test
  void thePackageThatIsLiveIsTheOneOfTheTopLayer() throws IOException {
    assertEquals(
        List.of("left@2.0.0"),
        report(TAG).packages().stream()
            .filter(row -> row.name().equals("left"))
            .map(row -> row.name() + "@" + row.version())
            .toList());
  }
}
