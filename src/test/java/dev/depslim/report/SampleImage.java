package dev.depslim.report;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Freed;
import dev.depslim.model.ImageReport;
import dev.depslim.model.ImageReport.Base;
import dev.depslim.model.ImageReport.Duplicate;
import dev.depslim.model.ImageReport.Kept;
import dev.depslim.model.ImageReport.LayerBytes;
import dev.depslim.model.ImageReport.LayerRow;
import dev.depslim.model.ImageReport.Ledger;
import dev.depslim.model.ImageReport.PackageRow;
import dev.depslim.model.ImageReport.Savings;
import dev.depslim.model.ImageReport.Sizes;
import dev.depslim.model.ImageReport.Waste;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An image in which every field of the model is filled, and one without anything.
final class SampleImage {
  private SampleImage() {}

  static ImageReport full() {
    List<Waste> waste = new ArrayList<>();
    for (String name : List.of("main_Packages", "updates_Packages", "security_Packages")) {
      waste.add(new Waste("/var/lib/apt/lists/mirror_" + name, "deleted", 6_000_000, 1, 2));
    }
    waste.add(new Waste("/etc/passwd", "overwritten", 1_200, 0, 1));
    waste.add(new Waste("/app/node_modules/puppeteer/cli.js", "metadata-only", 3_398_800, 2, 4));
    return new ImageReport(
        "shop:before",
        "docker-archive",
        "sha256:" + "ab".repeat(32),
        "linux/amd64",
        new Sizes(1_200_000_000L, 3_426_400_000L, 3_405_000_000L, 21_400_000),
        131_345,
        List.of(
            layer(
                0,
                "/bin/sh -c #(nop) ADD file:4f5a in / ",
                74_800_000,
                1_200,
                true,
                Map.of("production", 74_798_800L, "system-state", 1_200L)),
            layer(
                1,
                "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends"
                    + " chromium build-essential # buildkit",
                1_900_000_000,
                18_000_000,
                false,
                Map.of(
                    "browser-automation",
                    700_000_000L,
                    "dev",
                    1_158_800_000L,
                    "cache",
                    41_200_000L)),
            layer(
                2,
                "RUN |2 NODE_ENV=production TOKEN=a b /bin/sh -c npm install # buildkit",
                1_300_000_000,
                3_398_800,
                false,
                Map.of("production", 900_000_000L, "coding-agent", 400_000_000L)),
            layer(3, "WORKDIR /app", 0, 0, false, Map.of()),
            layer(
                4,
                null,
                151_600_000,
                0,
                false,
                Map.of("application", 147_500_000L, "unowned", 4_100_000L))),
        List.of(
            row(
                "chromium",
                "139.0.7258.66",
                Ecosystem.DEB,
                SampleProjects.DRIVER,
                312_400_000,
                388_000_000,
                true,
                false,
                null,
                1),
            row(
                "libllvm19",
                "1:19.1.7",
                Ecosystem.DEB,
                SampleProjects.LINT,
                122_000_000,
                0,
                false,
                false,
                "mesa-vulkan-drivers",
                1),
            row(
                "npm",
                "10.9.0",
                Ecosystem.NPM,
                SampleProjects.LINT,
                11_000_000,
                11_000_000,
                null,
                true,
                null,
                0),
            row(
                "left-pad",
                null,
                Ecosystem.NPM,
                Classification.UNKNOWN,
                4_000,
                4_000,
                null,
                false,
                null,
                2)),
        new Ledger(
            3_426_400_000L,
            Map.of(
                "pkg:deb/debian/chromium@139.0.7258.66",
                312_400_000L,
                "application",
                147_500_000L,
                "cache",
                41_200_000L,
                "system-state",
                1_200L,
                "unowned",
                2_925_298_800L),
            Map.of(
                "production",
                974_798_800L,
                "dev",
                1_158_800_000L,
                "browser-automation",
                700_000_000L,
                "coding-agent",
                400_000_000L,
                "heavy-ml",
                0L,
                "application",
                147_500_000L,
                "cache",
                41_200_000L,
                "system-state",
                1_200L,
                "unowned",
                4_100_000L),
            4_100_000),
        waste,
        List.of(
            new Duplicate(
                61_000_000, List.of("app/data/model.bin", "srv/model.bin", "tmp/model.bin")),
            new Duplicate(4_096, List.of("app/a.txt", "app/b.txt"))),
        new Savings(
            List.of(
                Category.DEV,
                Category.CODING_AGENT,
                Category.HEAVY_ML,
                Category.BROWSER_AUTOMATION),
            false,
            214,
            1_610_000_000,
            1_600_000_000,
            500_000_000L,
            47.0,
            List.of(new Kept("libllvm19", 122_000_000, "mesa-vulkan-drivers needs libllvm19")),
            Map.of(Category.DEV, new Freed(120, 120, 900_000_000L))),
        new Base(1, "debian:bookworm-slim", "diff-id-prefix"),
        List.of(
            Issue.warning(
                Location.of("usr/lib/python3/dist-info/RECORD", 7),
                "a line of 2 fields: expected path, hash and size; the line is left out")));
  }

  static ImageReport empty() {
    return new ImageReport(
        "scratch:latest",
        "engine",
        null,
        null,
        new Sizes(null, 0, 0, 0),
        0,
        List.of(),
        List.of(),
        new Ledger(0, Map.of(), Map.of(), 0),
        List.of(),
        List.of(),
        new Savings(List.of(), true, 0, 0, 0, null, 0, List.of(), Map.of()),
        new Base(0, null, "unknown"),
        List.of());
  }

  private static LayerRow layer(
      int index,
      @Nullable String createdBy,
      long stored,
      long reclaimable,
      boolean base,
      Map<String, Long> byCategory) {
    return new LayerRow(
        index,
        createdBy == null ? null : "sha256:" + "0".repeat(63) + index,
        createdBy,
        stored,
        stored - reclaimable,
        reclaimable,
        1_000 * index,
        base,
        byCategory);
  }

  private static PackageRow row(
      String name,
      @Nullable String version,
      Ecosystem ecosystem,
      Classification classification,
      long bytes,
      long retained,
      @Nullable Boolean direct,
      boolean base,
      @Nullable String keptBy,
      int layer) {
    return new PackageRow(
        name,
        version,
        ecosystem,
        classification,
        bytes,
        bytes,
        version == null ? null : bytes - 1,
        retained,
        12,
        direct,
        base,
        base,
        name.equals("left-pad"),
        "/usr/lib/" + name,
        List.of(new LayerBytes(layer, bytes)),
        keptBy,
        keptBy == null && !base && classification.category() != Category.PRODUCTION);
  }
}
