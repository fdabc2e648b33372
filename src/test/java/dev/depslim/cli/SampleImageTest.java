package dev.depslim.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.image.ImageFixture;
import dev.depslim.image.LayerFixture;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The image that the README shows: made by the build, read without any engine.
class SampleImageTest {
  private static final Path SAMPLE = Path.of("target/sample/shop.tar");

  @BeforeAll
  static void make() throws IOException {
    Files.createDirectories(SAMPLE.getParent());
    LayerFixture base =
        new LayerFixture()
            .folder("etc")
            .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
            .folder("var/lib/dpkg/info")
            .file("var/lib/dpkg/status", deb("libc6", "2.36-9") + deb("ca-certificates", "2023"))
            .file("var/lib/dpkg/info/libc6.list", "/.\n/lib\n/lib/libc.so.6\n")
            .file("var/lib/dpkg/info/ca-certificates.list", "/.\n/etc/ssl/certs/all.pem\n")
            .file("lib/libc.so.6", 1_900_000)
            .file("etc/ssl/certs/all.pem", 220_000)
            .file("usr/local/bin/node", 6_400_000);
    LayerFixture install = new LayerFixture();
    install.file(
        "app/package.json",
        "{\"name\":\"shop\",\"dependencies\":{\"express\":\"^4\",\"puppeteer\":\"^22\",\"jest\":\"^29\","
            + "\"@modelcontextprotocol/sdk\":\"^1\"}}");
    npm(install, "express", "4.19.2", 210_000, "\"body-parser\":\"1\"");
    npm(install, "body-parser", "1.20.2", 60_000, "");
    npm(install, "puppeteer", "22.0.0", 320_000, "\"puppeteer-core\":\"22\"");
    npm(install, "puppeteer-core", "22.0.0", 4_800_000, "\"devtools-protocol\":\"1\"");
    npm(install, "devtools-protocol", "0.0.1", 2_100_000, "");
    npm(install, "jest", "29.7.0", 12_000, "\"@jest/core\":\"29\"");
    npm(install, "@jest/core", "29.7.0", 1_400_000, "");
    npm(install, "@modelcontextprotocol/sdk", "1.12.0", 1_700_000, "\"express\":\"4\"");
    install.file("root/.npm/_cacache/content-v2/sha512/aa/bb/cc", 3_300_000);
    LayerFixture source =
        new LayerFixture().file("app/src/server.js", 14_000).file("app/public/cover.jpg", 380_000);
    LayerFixture clean = new LayerFixture().whiteout("app/node_modules/@jest");
    byte[] archive =
        new ImageFixture()
            .tag("shop:latest")
            .layer(base, "FROM node:20-bookworm-slim")
            .emptyLayer("WORKDIR /app")
            .layer(install, "RUN npm install")
            .layer(source, "COPY . .")
            .layer(clean, "RUN rm -rf node_modules/@jest")
            .emptyLayer("CMD node src/server.js")
            .dockerArchive();
    Files.write(SAMPLE, archive);
  }

  @Test
  void everyByteHasAnOwner() {
    Tree.Mapping image = read();
    Tree.Mapping sizes = mapping(image, "sizes");
    Tree.Mapping ledger = mapping(image, "ledger");
    assertEquals(number(sizes, "storedBytes"), number(ledger, "totalBytes"));
    assertEquals(number(sizes, "storedBytes"), sum(mapping(ledger, "byOwner")));
    assertEquals(number(sizes, "storedBytes"), sum(mapping(ledger, "byCategory")));
    assertEquals(3_300_000, number(mapping(ledger, "byCategory"), "cache"));
  }

  @Test
  void deletedFolderIsReclaimable() {
    Tree.Mapping sizes = mapping(read(), "sizes");
    assertTrue(number(sizes, "reclaimableBytes") > 1_400_000);
  }

  @Test
  void savingKeepsWhatTheApplicationNeeds() {
    Run run = Run.of("image", SAMPLE.toString(), "--all");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("puppeteer-core"), run.out());
    Tree.Mapping savings = mapping(read(), "savings");
    // puppeteer, its core and protocol, jest, the SDK; express stays.
    assertTrue(number(savings, "liveBytes") > 320_000 + 4_800_000 + 2_100_000 + 1_700_000);
    assertTrue(number(savings, "liveBytes") < 9_100_000);
  }

  private static Tree.Mapping read() {
    Run run = Run.of("image", SAMPLE.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    Tree.Mapping report = (Tree.Mapping) Json.parse(run.out().getBytes(StandardCharsets.UTF_8));
    return (Tree.Mapping) requireNonNull(report.sequence("images")).items().getFirst();
  }

  private static Tree.Mapping mapping(Tree.Mapping of, String name) {
    return requireNonNull(of.mapping(name), name);
  }

  private static long number(Tree.Mapping of, String name) {
    return Long.parseLong(((Tree.Scalar) requireNonNull(of.get(name), name)).text());
  }

  private static long sum(Tree.Mapping bytes) {
    return bytes.members().stream().mapToLong(member -> number(bytes, member.name())).sum();
  }

  private static String deb(String name, String version) {
    return "Package: "
        + name
        + "\nStatus: install ok installed\nArchitecture: amd64\nInstalled-Size: 100\nVersion: "
        + version
        + "\n\n";
  }

  private static void npm(
      LayerFixture layer, String name, String version, int bytes, String dependencies) {
    String folder = "app/node_modules/" + name + "/";
    layer.file(
        folder + "package.json",
        "{\"name\":\""
            + name
            + "\",\"version\":\""
            + version
            + "\",\"dependencies\":{"
            + dependencies
            + "}}");
    layer.file(folder + "index.js", bytes);
  }
}
