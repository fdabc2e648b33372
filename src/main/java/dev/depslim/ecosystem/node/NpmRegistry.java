package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.RegistrySizes.Found;
import dev.depslim.net.Answer;
import dev.depslim.net.BodyReader;
import dev.depslim.net.Credentials;
import dev.depslim.net.FactStore;
import dev.depslim.net.Http;
import dev.depslim.net.Request;
import dev.depslim.syntax.JsonCursor;
import dev.depslim.syntax.SyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Asks registries of npm for the sizes of packages (`GET /name/version`; where a registry does not
/// serve that, `GET /name`), and keeps what they say.
final class NpmRegistry {
  private static final String JSON = "application/json";

  /// The short form of the document of a package (npm registry, "package metadata").
  private static final String SHORT =
      "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8";

  private static final long MAX_VERSION = 8 << 20;
  private static final long MAX_PACKAGE = 48 << 20;
  private static final long MAX_ARCHIVE = 128 << 20;
  private static final String FOREIGN_FACT = "not here";
  private static final String FOREIGN = "not for Linux x86-64 with glibc";

  private final Http http;
  private final FactStore facts;

  /// Registries that have no documents of single versions.
  private final Set<String> withoutVersions = ConcurrentHashMap.newKeySet();

  NpmRegistry(Http http, FactStore facts) {
    this.http = http;
    this.facts = facts;
  }

  /// The same with the secrets of a user.
  Session with(Credentials credentials) {
    return new Session(credentials);
  }

  /// Questions with the secrets of one user.
  final class Session {
    private final Credentials credentials;

    private Session(Credentials credentials) {
      this.credentials = credentials;
    }

    /// What the first of some registries that has a version says of its size.
    ///
    /// @param registries addresses with a `/` at their end, at least one
    /// @param archive where the lock has it from, or null
    Found size(
        List<String> registries,
        String name,
        String version,
        LockedArchives.@Nullable Archive archive) {
      for (String registry : registries) {
        String known = facts.get(key(registry, name, version));
        Found found = known == null ? null : found(known);
        if (found != null) {
          return found;
        }
      }
      String reason = null;
      for (String registry : registries) {
        switch (document(registry, name, version)) {
          case Answer.Got<VersionDocument>(VersionDocument document) -> {
            return said(registry, name, version, document, archive);
          }
          case Answer.Refused<VersionDocument>(_, String why) ->
              reason = reason == null ? why : reason;
          case Answer.Failed<VersionDocument>(String why) -> reason = reason == null ? why : reason;
        }
      }
      return Found.failed(String.valueOf(reason));
    }

    private Found said(
        String registry,
        String name,
        String version,
        VersionDocument document,
        LockedArchives.@Nullable Archive archive) {
      String key = key(registry, name, version);
      if (!document.isForContainers()) {
        facts.put(key, FOREIGN_FACT);
        return Found.none(FOREIGN);
      }
      if (document.unpackedSize() >= 0) {
        facts.put(key, Long.toString(document.unpackedSize()));
        return Found.of(document.unpackedSize());
      }
      URI tarball = document.tarball() == null ? null : Http.address(document.tarball());
      URI address = tarball != null ? tarball : archive == null ? null : archive.address();
      if (address == null) {
        return Found.failed(Http.host(URI.create(registry)) + " states neither size nor archive");
      }
      Request request = Request.of(address, "application/octet-stream", MAX_ARCHIVE, credentials);
      return switch (http.get(request, (_, body) -> TarballBytes.of(body))) {
        case Answer.Got<Long>(Long bytes) -> {
          facts.put(key, Long.toString(bytes));
          yield Found.of(bytes);
        }
        case Answer.Refused<Long>(_, String why) -> Found.failed(why);
        case Answer.Failed<Long>(String why) -> Found.failed(why);
      };
    }

    private Answer<VersionDocument> document(String registry, String name, String version) {
      String path = encoded(name);
      if (!withoutVersions.contains(registry)) {
        URI uri = URI.create(registry + path + "/" + encoded(version));
        Answer<VersionDocument> answer =
            http.get(
                Request.of(uri, JSON, MAX_VERSION, credentials),
                (_, body) -> parsed(body, VersionDocument::read));
        if (!(answer instanceof Answer.Refused<VersionDocument>(int status, _))
            || status == 401
            || status == 403) {
          return answer;
        }
      }
      Request request = Request.of(URI.create(registry + path), SHORT, MAX_PACKAGE, credentials);
      Answer<VersionDocument> whole =
          http.get(
              request,
              (_, body) -> {
                VersionDocument found = parsed(body, json -> VersionDocument.of(json, version));
                if (found == null) {
                  throw new BodyReader.Unusable("does not have version " + version + " of " + name);
                }
                return found;
              });
      if (whole instanceof Answer.Got<VersionDocument>) {
        withoutVersions.add(registry);
      }
      return whole;
    }
  }

  private interface Reading<T extends @Nullable Object> {
    T of(JsonCursor json);
  }

  private static <T extends @Nullable Object> T parsed(InputStream body, Reading<T> reading)
      throws IOException {
    byte[] bytes = body.readAllBytes(); // an end of the connection is no mistake of JSON
    try (JsonCursor json = JsonCursor.over(bytes)) {
      return reading.of(json);
    } catch (SyntaxException e) {
      throw new BodyReader.Unusable("answers with something that is no JSON");
    }
  }

  private static @Nullable Found found(String fact) {
    if (fact.equals(FOREIGN_FACT)) {
      return Found.none(FOREIGN);
    }
    try {
      long bytes = Long.parseLong(fact);
      return bytes < 0 ? null : Found.of(bytes);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static String key(String registry, String name, String version) {
    return "npm " + registry + " " + name + " " + version;
  }

  /// A name as a segment of a path: `@scope%2fname`.
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%40", "@");
  }
}
