import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Makes `lib/depslim.jsa`: the classes that commands load, ready to be mapped. They are those of
/// one real run over an example, an archive, and an engine that is played here. The JVM turns the
/// archive down where a jar was changed since.
class ClassArchive {
  private final Path work;
  private final byte[] config;
  private final byte[] archive;

  private ClassArchive(Path work) throws Exception {
    this.work = work;
    byte[] layer =
        tar(
            "app/node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1.0.0\"}",
            "app/a-1.dist-info/METADATA", "Name: a\nVersion: 1\n",
            "app/a-1.dist-info/RECORD", "a.py,,\n",
            "var/lib/dpkg/status", "Package: a\nStatus: install ok installed\nVersion: 1\n");
    config =
        ("{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[\""
                + digest(layer)
                + "\"]},\"history\":[{\"created_by\":\"COPY . .\"}]}")
            .getBytes(UTF_8);
    String manifest = "[{\"Config\":\"c.json\",\"Layers\":[\"l.tar\"],\"RepoTags\":[\"a:b\"]}]";
    archive = tar("l.tar", layer, "c.json", config, "manifest.json", manifest);
  }

  /// Runs the distribution once.
  static void make(Path root, Path home) throws Exception {
    Path work = Files.createTempDirectory("depslim");
    try {
      new ClassArchive(work).record(root, home);
    } finally {
      try (var paths = Files.walk(work)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private void record(Path root, Path home) throws Exception {
    Path image = Files.write(work.resolve("image.tar"), archive);
    Path socket = work.resolve("s");
    Path to = home.resolve("lib/depslim.jsa");
    Files.deleteIfExists(to);
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread.ofVirtual().start(() -> serve(server));
      ProcessBuilder run =
          new ProcessBuilder(
              home.resolve("runtime/bin/java").toString(),
              "-XX:+UseSerialGC",
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-XX:ArchiveClassesAtExit=" + to,
              "-Xlog:disable",
              "-cp",
              home.resolve("lib/depslim.jar").toString(),
              "dev.depslim.Depslim",
              "analyze",
              root.resolve("examples/echotune").toString(),
              "--image=archive:" + image,
              "--image=docker:a:b",
              "--image=docker-stream:a:b",
              "--format=json",
              "--output=" + work.resolve("report.json"));
      run.environment().put("DOCKER_HOST", "unix://" + socket);
      run.environment().remove("JAVA_TOOL_OPTIONS");
      run.redirectErrorStream(true);
      Path log = work.resolve("log");
      Process process = run.redirectOutput(log.toFile()).start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
      }
      if (process.exitValue() != 0 || !Files.exists(to)) {
        String said = Files.readString(log);
        throw new IllegalStateException("no archive of classes was made: " + said);
      }
    }
  }

  /// Answers every request until the channel is closed.
  private void serve(ServerSocketChannel server) {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        ByteBuffer request = ByteBuffer.allocate(1 << 14);
        String asked = "";
        while (!asked.contains("\r\n\r\n") && client.read(request) > 0) {
          asked = new String(request.array(), 0, request.position(), UTF_8);
        }
        if (asked.isEmpty()) {
          continue; // only looked whether somebody listens
        }
        String path = asked.split(" ")[1];
        byte[] body = path.contains("/get") ? archive : path.contains("/json") ? inspected() : ok();
        String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ";
        client.write(ByteBuffer.wrap((head + body.length + "\r\n\r\n").getBytes(UTF_8)));
        client.write(ByteBuffer.wrap(body));
      } catch (IOException e) {
        // The one that asked went away; the next one may come.
      }
    }
  }

  private static byte[] ok() {
    return "OK".getBytes(UTF_8);
  }

  /// What an engine tells of an image in its folders.
  private byte[] inspected() throws IOException {
    String id = digest(config);
    Path content = work.resolve("image/overlay2/imagedb/content/sha256");
    Files.createDirectories(content);
    Files.write(content.resolve(id.substring("sha256:".length())), config);
    Path folder = work.resolve("overlay2/l/diff/app");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("file"), "content");
    return ("{\"Id\":\""
            + id
            + "\",\"RepoTags\":[\"a:b\"],\"GraphDriver\":{\"Name\":\"overlay2\","
            + "\"Data\":{\"UpperDir\":\""
            + folder.getParent()
            + "\"}}}")
        .getBytes(UTF_8);
  }

  /// An archive of files: names and contents in turns.
  private static byte[] tar(Object... files) throws IOException {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < files.length; i += 2) {
      byte[] content =
          files[i + 1] instanceof byte[] b ? b : ((String) files[i + 1]).getBytes(UTF_8);
      byte[] header = new byte[512];
      put(header, 0, (String) files[i]);
      put(header, 100, "0000644\0000000000\0000000000\000");
      put(
          header,
          124,
          String.format(Locale.ROOT, "%011o\00000000000000\000        0", content.length));
      put(header, 257, "ustar\00000");
      int sum = 0;
      for (byte each : header) {
        sum += each & 255;
      }
      put(header, 148, String.format(Locale.ROOT, "%06o\000 ", sum));
      out.write(header);
      out.write(content);
      out.write(new byte[-content.length & 511]);
    }
    out.write(new byte[1024]);
    return out.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static String digest(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return "sha256:" + HexFormat.of().formatHex(digest.digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
