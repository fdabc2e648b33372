package dev.depslim.image.source;

import dev.depslim.image.layer.LayerException;
import dev.depslim.image.layer.LayerReader;
import dev.depslim.image.layer.StreamTarInput;
import dev.depslim.image.layer.TarReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An archive that passes by as a stream. Manifests usually come last, so everything that looks
/// like a layer is indexed as it comes, and small documents are kept.
final class StreamBlobs implements BlobStore {
  private static final int BLOCK = 512;
  private static final int MAX_LINKS = 20;
  private static final int MAX_FILES = 100_000;
  private static final long MAX_DOCUMENTS = 256L << 20;

  private final Map<String, byte[]> documents = new HashMap<>();
  private final Map<String, Indexed> layers = new HashMap<>();
  private final Map<String, IOException> failures = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();
  private long documentBytes;

  /// Reads the stream to the end of the archive.
  StreamBlobs(InputStream in, ImageRequest request) throws IOException {
    TarReader tar = new TarReader(new StreamTarInput(in));
    while (tar.next()) {
      String name = BlobNames.clean(tar.name());
      switch (tar.type()) {
        case FILE -> file(name, tar, request);
        case SYMLINK -> links.put(name, BlobNames.follow(name, tar.link()));
        case HARDLINK -> links.put(name, BlobNames.clean(tar.link()));
        case IMPLIED, FOLDER, OTHER, WHITEOUT, OPAQUE -> {}
      }
      if (layers.size() + documents.size() + links.size() > MAX_FILES) {
        throw new LayerException("more than " + MAX_FILES + " files: no image archive");
      }
    }
  }

  private void file(String name, TarReader tar, ImageRequest request) throws IOException {
    byte[] start = new byte[(int) Math.min(BLOCK, tar.storedSize())];
    tar.readFully(start);
    Compression compression = Compression.of(start, start.length);
    if (compression != Compression.NONE || TarReader.isArchive(start)) {
      layer(name, start, tar, compression, request);
    } else if (tar.storedSize() <= MAX_DOCUMENT
        && documentBytes + tar.storedSize() <= MAX_DOCUMENTS) {
      byte[] document = new byte[(int) tar.storedSize()];
      System.arraycopy(start, 0, document, 0, start.length);
      byte[] rest = new byte[document.length - start.length];
      tar.readFully(rest);
      System.arraycopy(rest, 0, document, start.length, rest.length);
      documents.put(name, document);
      documentBytes += document.length;
    }
  }

  private void layer(
      String name, byte[] start, TarReader tar, Compression compression, ImageRequest request)
      throws IOException {
    LayerReader reader = new LayerReader(request.wanted(), request.limits(), true);
    MessageDigest digest = Sha256.start();
    InputStream blob =
        new SequenceInputStream(new ByteArrayInputStream(start), tar.restOfContent());
    UnpackedStream unpacked = new UnpackedStream(blob, compression, request.limits());
    try {
      InputStream in = request.verify() ? new DigestInputStream(unpacked, digest) : unpacked;
      StreamTarInput input = new StreamTarInput(in);
      reader.read(input);
      long tarBytes = input.drain();
      reader.leavePassedBy();
      layers.put(
          name,
          new Indexed(
              reader.index(),
              null,
              tar.storedSize(),
              tarBytes,
              compression,
              request.verify() ? Sha256.end(digest) : null));
    } catch (IOException e) {
      // It may be no layer at all; it counts when a manifest names it. The end of the stream itself
      // is noticed by the next header.
      failures.put(name, e);
    }
  }

  private String follow(String name) {
    String at = name;
    for (int i = 0; i < MAX_LINKS; i++) {
      String target = links.get(at);
      if (target == null || documents.containsKey(at) || layers.containsKey(at)) {
        return at;
      }
      at = target;
    }
    return at;
  }

  @Override
  public boolean has(String name) {
    String at = follow(name);
    return documents.containsKey(at) || layers.containsKey(at) || failures.containsKey(at);
  }

  @Override
  public byte[] read(String name) throws IOException {
    byte[] document = documents.get(follow(name));
    if (document == null) {
      throw new LayerException("there is no " + name + " in it");
    }
    return document;
  }

  @Override
  public long size(String name) {
    return 0;
  }

  @Override
  public Indexed index(String name, ImageRequest request) throws IOException {
    String at = follow(name);
    @Nullable IOException failure = failures.get(at);
    if (failure != null) {
      throw failure;
    }
    Indexed layer = layers.get(at);
    if (layer == null) {
      throw new LayerException("there is no layer " + name + " in it");
    }
    return layer;
  }

  @Override
  public void close() {}
}
