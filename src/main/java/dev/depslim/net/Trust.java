package dev.depslim.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Whose certificates are trusted: the authorities of the JDK, and those in the user's own bundles.
final class Trust {
  private static final int MAX_BUNDLE = 16 << 20;

  private Trust() {}

  /// Certificates that cannot be used; the message names them.
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// @param bundles files in PEM
  /// @param certificates the same as content
  /// @throws Unusable where a bundle cannot be used
  static SSLSocketFactory sockets(List<Path> bundles, List<byte[]> certificates)
      throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      int number = 0;
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager known) {
          for (X509Certificate certificate : known.getAcceptedIssuers()) {
            store.setCertificateEntry("jdk-" + number++, certificate);
          }
        }
      }
      for (Path bundle : bundles) {
        add(bundle.toString(), read(bundle), store);
      }
      for (byte[] certificate : certificates) {
        add("a certificate in the settings", certificate, store);
      }
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return new QuickCiphers(context.getSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new Unusable("the certificates cannot be used: " + e.getMessage(), e);
    }
  }

  private static byte[] read(Path bundle) throws IOException {
    try {
      if (Files.size(bundle) > MAX_BUNDLE) {
        throw new IOException("is larger than 16 MiB");
      }
      return Files.readAllBytes(bundle);
    } catch (IOException e) {
      throw new Unusable("the certificates of " + bundle + " cannot be read", e);
    }
  }

  private static void add(String name, byte[] pem, KeyStore store)
      throws IOException, GeneralSecurityException {
    try {
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        store.setCertificateEntry(name + "-" + number++, certificate);
      }
    } catch (GeneralSecurityException e) {
      throw new Unusable(name + " holds no certificates that can be read", e);
    }
  }
}
