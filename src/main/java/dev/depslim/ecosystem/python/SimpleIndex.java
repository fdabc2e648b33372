package dev.depslim.ecosystem.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.depslim.ecosystem.python.LockedWheels.NamedFile;
import dev.depslim.net.Answer;
import dev.depslim.net.BodyReader;
import dev.depslim.net.Credentials;
import dev.depslim.net.Http;
import dev.depslim.net.Request;
import dev.depslim.syntax.JsonCursor;
import dev.depslim.syntax.SyntaxException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the page of a package in an index: JSON where it is served (PEP 691, with the sizes of PEP
/// 700), else HTML (PEP 503).
final class SimpleIndex {
  private static final String ACCEPT =
      "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2,"
          + " text/html;q=0.1";
  private static final long MAX_PAGE = 48 << 20;
  private static final Pattern LINK =
      Pattern.compile(
          "<a\\s[^>]*?href\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')", Pattern.CASE_INSENSITIVE);

  private final Http http;
  private final Credentials credentials;

  SimpleIndex(Http http, Credentials credentials) {
    this.http = http;
    this.credentials = credentials;
  }

  /// The files of one version of a package; empty where it has none.
  ///
  /// @param name normalised
  Answer<List<NamedFile>> files(URI index, String name, String version) {
    URI page = index.resolve(name + "/");
    Version wanted = Version.parse(version);
    return http.get(
        Request.of(page, ACCEPT, MAX_PAGE, credentials),
        (head, body) -> {
          byte[] bytes = body.readAllBytes();
          boolean json = head.type() != null && head.type().contains("json");
          List<NamedFile> files = json ? json(head.uri(), bytes) : html(head.uri(), bytes);
          files.removeIf(file -> !isOf(file.name(), name, wanted));
          return List.copyOf(files);
        });
  }

  private static List<NamedFile> json(URI page, byte[] bytes) throws BodyReader.Unusable {
    List<NamedFile> files = new ArrayList<>();
    try (JsonCursor json = JsonCursor.over(bytes)) {
      for (String key = json.enterObject(); key != null; key = json.nextName()) {
        if (!key.equals("files")) {
          json.skip();
          continue;
        }
        for (boolean more = json.enterArray(); more; more = json.nextItem()) {
          files.add(file(page, json));
        }
      }
    } catch (SyntaxException e) {
      throw new BodyReader.Unusable("answers with something that is no JSON");
    }
    return files;
  }

  private static NamedFile file(URI page, JsonCursor json) {
    String name = "";
    String url = null;
    long size = -1;
    for (String key = json.enterObject(); key != null; key = json.nextName()) {
      switch (key) {
        case "filename" -> {
          String text = json.string();
          name = text == null ? "" : text;
        }
        case "url" -> url = json.string();
        case "size" -> size = json.number(-1);
        default -> json.skip();
      }
    }
    return new NamedFile(name, address(page, url), size < 0 ? null : (Long) size);
  }

  private static List<NamedFile> html(URI page, byte[] bytes) {
    List<NamedFile> files = new ArrayList<>();
    Matcher links = LINK.matcher(new String(bytes, UTF_8));
    while (links.find()) {
      String href = links.group(1) == null ? links.group(2) : links.group(1);
      String url = href.strip().replace("&amp;", "&");
      files.add(new NamedFile(Archives.fileName(url), address(page, url), null));
    }
    return files;
  }

  private static @Nullable URI address(URI page, @Nullable String url) {
    try {
      return url == null ? null : Http.address(page.resolve(url).toString());
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// Whether a file is an archive of a version: a wheel by its parts, a source by its beginning.
  private static boolean isOf(String fileName, String name, @Nullable Version wanted) {
    if (wanted == null) {
      return false;
    }
    if (fileName.endsWith(".whl")) {
      Archives.Wheel wheel = Archives.wheel(fileName);
      Version version = wheel == null ? null : Version.parse(wheel.version());
      return version != null && version.compareTo(wanted) == 0;
    }
    String lower = fileName.toLowerCase(Locale.ROOT);
    for (String end : List.of(".tar.gz", ".zip", ".tar.bz2", ".tgz")) {
      int dash = lower.lastIndexOf('-');
      if (lower.endsWith(end) && dash > 0) {
        Version version =
            Version.parse(fileName.substring(dash + 1, fileName.length() - end.length()));
        return version != null && version.compareTo(wanted) == 0;
      }
    }
    return false;
  }
}
