package dev.depslim.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.depslim.model.DepslimException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Makes a TLS context from the `ca.pem`, `cert.pem` and `key.pem` of a Docker client, with the JDK
/// alone. Each of them may be absent: without `ca.pem` the JDK's authorities count.
final class PemFiles {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final char[] NO_PASSWORD = {};

  /// What stands before the key itself in a PKCS #8 key of RSA: version 0 and the object identifier
  /// 1.2.840.113549.1.1.1 with null parameters (RFC 5208, section 5; RFC 3279, section 2.3.1).
  private static final byte[] RSA_HEAD = {
    2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };

  private PemFiles() {}

  /// @throws DepslimException where a file cannot be used; the message names it
  static SSLContext context(Path folder) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(folder).getKeyManagers(), trust(folder).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new DepslimException.EngineUnavailable(
          folder + ": the certificates for the engine cannot be used: " + e.getMessage(), e);
    }
  }

  private static TrustManagerFactory trust(Path folder)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    Path file = folder.resolve("ca.pem");
    if (!Files.exists(file)) {
      factory.init((KeyStore) null);
      return factory;
    }
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate certificate : certificates(file)) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    factory.init(store);
    return factory;
  }

  private static KeyManagerFactory keys(Path folder) throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    if (Files.exists(certificate) && Files.exists(key)) {
      store.setKeyEntry(
          "client",
          privateKey(key),
          NO_PASSWORD,
          certificates(certificate).toArray(Certificate[]::new));
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(file, US_ASCII));
    while (blocks.find()) {
      String kind = blocks.group(1);
      if (kind.equals("PRIVATE KEY")) {
        return ofPkcs8(file, decoded(blocks.group(2)));
      }
      if (kind.equals("RSA PRIVATE KEY") && !blocks.group(2).contains(":")) {
        byte[] key = decoded(blocks.group(2));
        return ofPkcs8(file, sequence(RSA_HEAD, tagged(4, key)));
      }
      if (kind.endsWith("PRIVATE KEY")) {
        throw new DepslimException.EngineUnavailable(
            file
                + ": a key of the kind '"
                + kind
                + "' or with a password cannot be read: convert it with"
                + " 'openssl pkcs8 -topk8 -nocrypt -in key.pem'");
      }
    }
    throw new DepslimException.EngineUnavailable(file + ": holds no private key");
  }

  private static PrivateKey ofPkcs8(Path file, byte[] key) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
      } catch (InvalidKeySpecException _) {
        // The key says of which kind it is only inside: the next one may fit.
      }
    }
    throw new DepslimException.EngineUnavailable(file + ": no RSA, EC or EdDSA key");
  }

  private static byte[] decoded(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  private static byte[] sequence(byte[] first, byte[] second) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(first);
    content.write(second);
    return tagged(0x30, content.toByteArray());
  }

  /// A value in DER (X.690, section 8.1.3), its length in two bytes at most.
  private static byte[] tagged(int tag, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length >= 0x80) {
      out.write(0x82);
      out.write(content.length >> 8);
    }
    out.write(content.length);
    out.write(content);
    return out.toByteArray();
  }
}
