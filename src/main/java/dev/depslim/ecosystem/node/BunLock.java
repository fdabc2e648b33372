package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Scope;
import dev.depslim.syntax.JsonCursor;
import dev.depslim.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `bun.lock`, formats 0 to 2 (bun's text lock file): JSON with comments and trailing commas.
///
/// Every workspace is a root. A requirement finds the copy that lies below the one that asks, then
/// those further out, as its key tells.
public final class BunLock implements LockfileReader {
  private static final String KIND = "bun.lock";
  private static final String REMEDY = "write it anew with 'bun install --lockfile-only'";
  private static final int NEWEST = 2;

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.NPM;
  }

  @Override
  public boolean reads(String path, ProjectFiles files) {
    return path.equals(KIND) || path.endsWith("/" + KIND);
  }

  @Override
  public Lockfile read(SourceFile file, ProjectFiles files) {
    Reading reading = new Reading(file.path());
    try (JsonCursor json = JsonCursor.overWithComments(file.bytes())) {
      reading.document(json);
    } catch (SyntaxException e) {
      reading = new Reading(file.path());
      reading.issues.add(LockProblem.of(file, e, "not valid JSON", REMEDY));
    }
    BunGraph graph =
        new BunGraph(file.path(), List.copyOf(reading.workspaces.values()), reading.packages);
    reading.issues.addAll(graph.issues());
    Lockfile lock =
        new Lockfile(
            file.path(),
            KIND,
            reading.format,
            Ecosystem.NPM,
            graph.nodes(),
            graph.roots(),
            reading.issues.stream().sorted().toList());
    return lock.compared(
        BunAgreement.of(
            file.path(),
            reading.workspaces,
            reading.packages,
            reading.stated,
            reading.overrides,
            files));
  }

  private static final class Reading {
    final String path;
    final List<Issue> issues = new ArrayList<>();
    final Map<String, BunEntry> workspaces = new LinkedHashMap<>();
    final Map<String, BunEntry> packages = new LinkedHashMap<>();
    final Map<String, List<StatedRow>> stated = new LinkedHashMap<>();
    final Map<String, StatedRow> overrides = new LinkedHashMap<>();
    @Nullable String format;

    Reading(String path) {
      this.path = path;
    }

    void document(JsonCursor json) {
      Location start = at(json);
      boolean any = false;
      for (String key = json.enterObject(); key != null; key = json.nextName()) {
        switch (key) {
          case "lockfileVersion" -> format(json);
          case "workspaces" -> {
            any = true;
            workspaces(json);
          }
          case "packages" -> {
            any = true;
            packages(json);
          }
          case "overrides" -> overrides(json);
          default -> json.skip();
        }
      }
      json.end();
      if (!any && format == null) {
        issues.add(
            Issue.error(
                start,
                "not a lock file of bun: it has no lockfileVersion, workspaces or packages; "
                    + REMEDY));
      }
    }

    private void format(JsonCursor json) {
      Location at = at(json);
      long version = json.number(-1);
      if (version < 0) {
        issues.add(
            Issue.warning(at, "lockfileVersion is not a number: read by what the file contains"));
        return;
      }
      format = Long.toString(version);
      if (version > NEWEST) {
        issues.add(
            Issue.warning(
                at, "lockfileVersion " + version + " is not known: read like version " + NEWEST));
      }
    }

    private void workspaces(JsonCursor json) {
      for (String folder = json.enterObject(); folder != null; folder = json.nextName()) {
        BunEntry entry = new BunEntry(folder, json.line(), "");
        List<StatedRow> rows = new ArrayList<>();
        information(json, entry, rows);
        workspaces.put(folder, entry);
        stated.put(folder, rows);
      }
    }

    private void packages(JsonCursor json) {
      for (String key = json.enterObject(); key != null; key = json.nextName()) {
        Location at = at(json);
        BunEntry entry = new BunEntry(key, json.line(), "");
        for (boolean more = json.enterArray(); more; more = json.nextItem()) {
          if (json.isObject()) {
            information(json, entry, null);
          } else {
            String text = json.string();
            entry.id = entry.id.isEmpty() && text != null ? text : entry.id;
          }
        }
        if (entry.id.indexOf('@', 1) > 0) {
          BunEntry before = packages.put(key, entry);
          if (before != null) {
            issues.add(
                Issue.warning(
                    Location.of(path, before.line),
                    "\""
                        + key
                        + "\" stands here and again in line "
                        + at.line()
                        + ", which counts: "
                        + REMEDY));
          }
        } else {
          issues.add(
              Issue.error(
                  at,
                  "the entry \""
                      + key
                      + "\" must be a list that begins with name@version;"
                      + " it does not count: "
                      + REMEDY));
        }
      }
    }

    private void overrides(JsonCursor json) {
      for (String name = json.enterObject(); name != null; name = json.nextName()) {
        Location at = Location.of(path, json.line());
        String value = json.string();
        if (value != null) {
          overrides.put(name, new StatedRow("overrides", name, value, at));
        }
      }
    }

    /// @param rows where what a project asks for goes as written; null for a package
    private void information(JsonCursor json, BunEntry entry, @Nullable List<StatedRow> rows) {
      List<String> optionalPeers = new ArrayList<>();
      boolean isWorkspace = entry.id.isEmpty();
      for (String field = json.enterObject(); field != null; field = json.nextName()) {
        switch (field) {
          case "name" -> {
            String name = json.string();
            entry.id = isWorkspace && name != null ? name : entry.id;
          }
          case "version" -> entry.version = json.string();
          case "dependencies" -> requirements(json, entry, field, Scope.RUNTIME, rows);
          case "devDependencies" -> requirements(json, entry, field, Scope.DEV, rows);
          case "optionalDependencies" -> requirements(json, entry, field, Scope.OPTIONAL, rows);
          case "peerDependencies" -> requirements(json, entry, field, Scope.PEER, rows);
          case "os", "cpu" -> entry.foreign |= !Platforms.admits(field, Platforms.strings(json));
          case "optionalPeers" -> {
            for (boolean more = json.enterArray(); more; more = json.nextItem()) {
              String peer = json.string();
              if (peer != null) {
                optionalPeers.add(peer);
              }
            }
          }
          default -> json.skip();
        }
      }
      optionalPeers.forEach(entry::peerMayBeAbsent);
    }

    private void requirements(
        JsonCursor json,
        BunEntry entry,
        String section,
        Scope scope,
        @Nullable List<StatedRow> rows) {
      for (String name = json.enterObject(); name != null; name = json.nextName()) {
        entry.requirements.add(new BunEntry.Requirement(name, scope, section));
        if (rows == null) {
          json.skip();
          continue;
        }
        Location at = Location.of(path, json.line());
        String spec = json.string();
        if (spec != null) {
          rows.add(new StatedRow(section, name, spec, at));
        }
      }
    }

    private Location at(JsonCursor json) {
      return new Location(path, json.line(), json.column());
    }
  }
}
