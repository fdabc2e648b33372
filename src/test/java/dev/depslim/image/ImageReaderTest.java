package dev.depslim.image;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.classify.Classifier;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.alpine.ApkInstalled;
import dev.depslim.ecosystem.debian.DpkgStatus;
import dev.depslim.ecosystem.node.NodeModules;
import dev.depslim.ecosystem.python.DistInfo;
import dev.depslim.ecosystem.rpm.RpmDatabase;
import dev.depslim.image.source.ArchiveOpener;
import dev.depslim.image.source.ImageRequest;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.Category;
import dev.depslim.model.ImageReport;
import dev.depslim.model.ImageReport.Kept;
import dev.depslim.model.ImageReport.PackageRow;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageReaderTest {
  private static final List<InstalledPackages> READERS =
      List.of(
          new DpkgStatus(),
          new ApkInstalled(),
          new RpmDatabase(),
          new DistInfo(),
          new NodeModules());

  @TempDir private Path folder;

  private static String npm(String name, String requires) {
    return "{\"name\":\"" + name + "\",\"version\":\"1.0.0\",\"dependencies\":{" + requires + "}}";
  }

  private static String deb(String name, String fields) {
    return "Package: " + name + "\nStatus: install ok installed\nVersion: 1\n" + fields + "\n";
  }

  private ImageReport read(ImageFixture image) throws IOException {
    return read(image, ImageReader.Question.DEFAULT);
  }

  private ImageReport read(ImageFixture image, ImageReader.Question question) throws IOException {
    Path file = Files.write(folder.resolve("image.tar"), image.dockerArchive());
    return read(file, question);
  }

  private static ImageReport read(Path file, ImageReader.Question question) throws IOException {
    ImageRequest request = ImageRequest.of(file.toString(), ImageReader.wanted(READERS));
    try (ImageSource source = new ArchiveOpener().open(request)) {
      return new ImageReader(READERS, new Classifier(List.of())).read(source, question, _ -> {});
    }
  }

  private static PackageRow row(ImageReport report, String name) {
    return report.packages().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private static long sum(Map<String, Long> map) {
    return map.values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void everyStoredByteHasOneOwner() throws IOException {
    ImageReport report =
        read(
            new ImageFixture()
                .layer(
                    new LayerFixture()
                        .file("var/lib/dpkg/status", deb("tzdata", ""))
                        .file("var/lib/dpkg/info/tzdata.list", "/usr/share/zoneinfo/UTC\n")
                        .file("usr/share/zoneinfo/UTC", 100)
                        .file("var/lib/apt/lists/x", 50)
                        .file("etc/hosts", 7)
                        .file("usr/stray", 3),
                    "ADD rootfs.tar.xz /")
                .layer(
                    new LayerFixture()
                        .file("app/node_modules/a/package.json", npm("a", ""))
                        .file("app/node_modules/a/index.js", 1000)
                        .file("app/node_modules/.package-lock.json", "{}")
                        .file("root/.npm/_cacache/x", 500),
                    "RUN npm ci")
                .layer(
                    new LayerFixture().file("app/server.js", 20).file("opt/own/x", 30),
                    "COPY . . # buildkit"));
    assertEquals(report.sizes().storedBytes(), sum(report.ledger().byOwner()));
    assertEquals(report.sizes().storedBytes(), sum(report.ledger().byCategory()));
    for (ImageReport.LayerRow layer : report.layers()) {
      assertEquals(layer.storedBytes(), sum(layer.byCategory()));
    }
    Map<String, Long> owners = report.ledger().byOwner();
    assertEquals(100, owners.get("pkg:deb/debian/tzdata@1"));
    assertEquals(1000 + npm("a", "").length(), owners.get("pkg:npm/a@1.0.0"));
    assertEquals(50 + 500, owners.get("cache"));
    assertEquals(20 + 30, owners.get("application"));
    assertEquals(3, owners.get("unowned"));
    assertEquals(3, report.ledger().unownedBytes());
  }

  @Test
  void packagesOfRpmAreOneOwnerBesideThoseOfLanguages() throws IOException {
    ImageReport report =
        read(
            new ImageFixture()
                .layer(
                    new LayerFixture()
                        .file("var/lib/rpm/rpmdb.sqlite", 40)
                        .file("var/cache/dnf/x", 50)
                        .file("usr/bin/bash", 1_000)
                        .file("usr/lib64/libc.so.6", 2_000)
                        .file("usr/lib/node_modules/a/package.json", npm("a", ""))
                        .file("usr/lib/node_modules/a/x.js", 300)
                        .file("etc/passwd", 5)
                        .file("opt/stray", 6),
                    "ADD rootfs"));
    assertEquals(3_000 + 5, row(report, "rpm-packages").bytes());
    assertEquals(Category.PRODUCTION, row(report, "rpm-packages").classification().category());
    assertEquals(300 + npm("a", "").length(), row(report, "a").bytes());
    assertEquals(50, report.ledger().byOwner().get("cache"));
    assertEquals(40, report.ledger().byOwner().get("system-state"));
    assertEquals(1, report.issues().size());
  }

  @Test
  void deadBytesOfAReplacedPackageAreItsOwn() throws IOException {
    ImageReport report =
        read(
            new ImageFixture()
                .layer(
                    new LayerFixture()
                        .file("lib/apk/db/installed", "P:gcc\nV:14\nF:usr/bin\nR:gcc\n")
                        .file("usr/bin/gcc", 700))
                .layer(
                    new LayerFixture()
                        .file("lib/apk/db/installed", "P:musl\nV:1\nF:lib\nR:m\n")
                        .file("lib/m", 10)
                        .whiteout("usr/bin/gcc")));
    assertEquals(700, row(report, "gcc").bytes());
    assertTrue(row(report, "gcc").removed());
    assertEquals(0, report.ledger().unownedBytes());
  }

  @Test
  void aListOfTheSystemWinsOverAFolderAndADeeperFolderOverAHigherOne() throws IOException {
    String site = "usr/lib/python3/dist-packages/";
    ImageReport report =
        read(
            new ImageFixture()
                .layer(
                    new LayerFixture()
                        .file("var/lib/dpkg/status", deb("python3-yaml", ""))
                        .file(
                            "var/lib/dpkg/info/python3-yaml.list",
                            "/" + site + "yaml/x.py\n/" + site + "PyYAML-6.dist-info/METADATA\n")
                        .file(site + "yaml/x.py", 10)
                        .file(site + "yaml/__pycache__/x.cpython-313.pyc", 5)
                        .file(site + "PyYAML-6.dist-info/METADATA", "Name: PyYAML\nVersion: 6\n")
                        .file(site + "PyYAML-6.dist-info/extra", 2)
                        .file("a/node_modules/o/package.json", npm("o", ""))
                        .file("a/node_modules/o/node_modules/i/package.json", npm("i", ""))
                        .file("a/node_modules/o/node_modules/i/x", 400)
                        .file("a/node_modules/o/x", 70)));
    assertEquals(10 + 5 + 2 + 24, row(report, "python3-yaml").bytes());
    assertTrue(report.packages().stream().noneMatch(p -> p.name().equals("PyYAML")));
    assertEquals(70 + npm("o", "").length(), row(report, "o").bytes());
    assertEquals(400 + npm("i", "").length(), row(report, "i").bytes());
  }

  @Test
  void aFileWithSeveralNamesIsChargedToThePackageAndNotToTheCache() throws IOException {
    ImageReport report =
        read(
            new ImageFixture()
                .layer(
                    new LayerFixture()
                        .file("a/.pnpm-store/v10/files/00/ab", 900)
                        .file("a/.pnpm-store/v10/files/00/cd", 11)
                        .file("a/node_modules/a/package.json", npm("a", ""))
                        .hardLink("a/node_modules/a/x.js", "a/.pnpm-store/v10/files/00/ab")));
    assertEquals(900 + npm("a", "").length(), row(report, "a").bytes());
    assertEquals(11, report.ledger().byOwner().get("cache"));
  }

  @Test
  void deadBytesBelongToTheOwnerOfTheirPath() throws IOException {
    ImageReport report =
        read(
            new ImageFixture()
                .layer(
                    new LayerFixture()
                        .file("a/node_modules/a/package.json", npm("a", ""))
                        .file("a/node_modules/a/x", 300)
                        .file("a/node_modules/b/package.json", npm("b", ""))
                        .file("a/node_modules/b/x", 40))
                .layer(
                    new LayerFixture().whiteout("a/node_modules/b").file("a/node_modules/a/x", 1)));
    int json = npm("a", "").length();
    assertEquals(301 + json, row(report, "a").bytes());
    assertEquals(1 + json, row(report, "a").liveBytes());
    assertFalse(row(report, "a").removed());
    assertEquals(40 + json, row(report, "b").bytes());
    assertEquals(0, row(report, "b").liveBytes());
    assertTrue(row(report, "b").removed());
  }

  @Test
  void whatAKeptPackageNeedsStaysAndTheReasonIsTold() throws IOException {
    LayerFixture layer = new LayerFixture();
    StringBuilder status = new StringBuilder();
    List.of(
            deb("python3-scipy", "Depends: python3-pythran"),
            deb("python3-pythran", "Depends: g++ (>= 4)"),
            deb("g++", "Depends: libc6"),
            deb("gdb", "Depends: libdebug"),
            deb("libdebug", ""),
            deb("build-essential", "Depends: g++, make | pmake"),
            deb("libc6", "Essential: yes"))
        .forEach(stanza -> status.append(stanza).append('\n'));
    layer.file("var/lib/dpkg/status", status.toString());
    layer.file(
        "var/lib/apt/extended_states",
        "Package: python3-pythran\nAuto-Installed: 1\n\nPackage: g++\nAuto-Installed: 1\n\n"
            + "Package: libdebug\nAuto-Installed: 1\n");
    int size = 1;
    for (String name :
        List.of(
            "python3-scipy",
            "python3-pythran",
            "g++",
            "gdb",
            "libdebug",
            "build-essential",
            "libc6")) {
      layer.file("var/lib/dpkg/info/" + name + ".list", "/usr/lib/" + name + "/x\n");
      layer.file("usr/lib/" + name + "/x", size *= 10);
    }
    ImageReader.Question question =
        new ImageReader.Question(List.of(Category.DEV), true, List.of());
    ImageReport report = read(new ImageFixture().layer(layer), question);
    assertEquals(10_000 + 100_000 + 1_000_000, report.savings().liveBytes());
    assertEquals(3, report.savings().packages());
    Kept kept =
        report.savings().kept().stream()
            .filter(k -> k.name().equals("g++"))
            .findFirst()
            .orElseThrow();
    assertEquals("python3-scipy needs python3-pythran, which needs g++", kept.because());
    assertEquals("python3-pythran", row(report, "g++").keptBy());
    assertNull(row(report, "gdb").keptBy());
    assertEquals(10_000 + 100_000, row(report, "gdb").retainedBytes());
    assertEquals(1_000_000, row(report, "build-essential").retainedBytes());
  }

  @Test
  void whatIsOnlyRecommendedGoesWithWhatRecommendsItAndKeepsNothingUnwanted() throws IOException {
    LayerFixture layer = new LayerFixture();
    String status =
        String.join(
            "\n",
            deb("gdb", "Recommends: libdebug-data"),
            deb("libdebug-data", ""),
            deb("curl", "Recommends: ca-certificates, make"),
            deb("ca-certificates", ""),
            deb("make", ""));
    layer.file("var/lib/dpkg/status", status);
    layer.file(
        "var/lib/apt/extended_states",
        "Package: libdebug-data\nAuto-Installed: 1\n\nPackage: ca-certificates\n"
            + "Auto-Installed: 1\n\nPackage: make\nAuto-Installed: 1\n");
    int size = 1;
    for (String name : List.of("gdb", "libdebug-data", "curl", "ca-certificates", "make")) {
      layer.file("var/lib/dpkg/info/" + name + ".list", "/usr/lib/" + name + "/x\n");
      layer.file("usr/lib/" + name + "/x", size *= 10);
    }
    ImageReader.Question question =
        new ImageReader.Question(List.of(Category.DEV), true, List.of());
    ImageReport report = read(new ImageFixture().layer(layer), question);
    assertEquals(10 + 100 + 100_000, report.savings().liveBytes());
    assertTrue(row(report, "libdebug-data").goes());
    assertTrue(row(report, "make").goes());
    assertFalse(row(report, "ca-certificates").goes());
    assertEquals(110, row(report, "gdb").retainedBytes());
  }

  @Test
  void sharedBytesGoOnlyWithTheLastPackageThatHasThem() throws IOException {
    ImageReport report =
        read(
            new ImageFixture()
                .layer(
                    new LayerFixture()
                        .file("a/node_modules/eslint/package.json", npm("eslint", ""))
                        .file("a/node_modules/eslint/x", 100)
                        .file("a/node_modules/express/package.json", npm("express", ""))
                        .hardLink("a/node_modules/express/x", "a/node_modules/eslint/x")));
    assertEquals(npm("eslint", "").length(), report.savings().liveBytes());
    assertEquals(npm("eslint", "").length(), report.savings().storedBytes());
  }

  @Test
  void theLayersOfTheBaseAreTheCommonPrefix() throws IOException {
    LayerFixture first =
        new LayerFixture()
            .file("usr/local/lib/node_modules/eslint/package.json", npm("eslint", ""));
    ImageFixture base = new ImageFixture().layer(first);
    ImageFixture image =
        new ImageFixture()
            .layer(first)
            .layer(new LayerFixture().file("a/node_modules/jest/package.json", npm("jest", "")));
    BaseFinder.Candidate candidate =
        new BaseFinder.Candidate("base:1", base.diffIds(), BaseFinder.How.GIVEN);
    BaseFinder.Candidate other =
        new BaseFinder.Candidate("other", List.of("sha256:0", "sha256:1"), BaseFinder.How.SHARED);
    ImageReport report =
        read(
            image,
            new ImageReader.Question(
                ImageReader.DEFAULT_EXCLUDE, false, List.of(other, candidate)));
    assertEquals(new ImageReport.Base(1, "base:1", "given"), report.base());
    assertTrue(row(report, "eslint").inBase());
    assertFalse(row(report, "jest").inBase());
    assertEquals(1, report.savings().packages());
    assertEquals("unknown", read(image).base().how());
    image.label("org.opencontainers.image.base.name", "node:24");
    assertEquals(new ImageReport.Base(0, "node:24", "annotation"), read(image).base());
  }

  @Test
  void theSameImageGivesTheSameReport() throws IOException {
    ImageFixture image =
        new ImageFixture()
            .layer(
                new LayerFixture()
                    .file("b/node_modules/a/package.json", npm("a", ""))
                    .file("a/node_modules/a/package.json", npm("a", "")));
    assertEquals(read(image), read(image));
    assertEquals(
        List.of("a/node_modules/a", "b/node_modules/a"),
        read(image).packages().stream().map(PackageRow::path).toList());
  }

  @Test
  void aRealAlpineIsOwnedAsItsDatabaseSays() throws IOException {
    String vectors = System.getenv("DEPSLIM_VECTORS");
    Assumptions.assumeTrue(
        vectors != null, "DEPSLIM_VECTORS is not set: the folder with the conformance vectors");
    Path images = Path.of(vectors, "images");
    Tree.Mapping all =
        (Tree.Mapping) Json.parse(Files.readAllBytes(images.resolve("expected.json")));
    String name = "trivy-alpine-310.tar.gz";
    Tree.Mapping image = items(requireNonNull(all.mapping(name)), "images").getFirst();
    Tree.Mapping apk = requireNonNull(image.mapping("apk"));
    Map<String, String> expected = new TreeMap<>();
    for (Tree.Mapping row : items(apk, "packages")) {
      expected.put(
          row.string("name") + "@" + row.string("version"),
          number(row, "regularBytes") + " of " + number(row, "declaredInstalledBytes"));
    }
    ImageReport report = read(images.resolve(name), ImageReader.Question.DEFAULT);
    Map<String, String> actual = new TreeMap<>();
    long owned = 0;
    for (PackageRow row : report.packages()) {
      actual.put(row.name() + "@" + row.version(), row.bytes() + " of " + row.declaredBytes());
      owned += row.bytes();
    }
    assertEquals(expected, actual);
    assertEquals(number(apk, "ownedBytes"), owned);
    assertEquals(number(apk, "unownedBytes"), report.sizes().storedBytes() - owned);
  }

  private static List<Tree.Mapping> items(Tree.Mapping mapping, String name) {
    return requireNonNull(mapping.sequence(name)).items().stream()
        .map(Tree.Mapping.class::cast)
        .toList();
  }

  private static long number(Tree.Mapping mapping, String name) {
    return mapping.get(name) instanceof Tree.Scalar scalar ? Long.parseLong(scalar.text()) : -1;
  }
}
