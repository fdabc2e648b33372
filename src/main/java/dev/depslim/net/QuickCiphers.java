package dev.depslim.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Offers ChaCha20 before AES. The launcher runs with the first compiler only, which knows no AES
/// instructions of the processor: there AES takes four times as long (measured on 1,750 packages).
final class QuickCiphers extends SSLSocketFactory {
  private final SSLSocketFactory sockets;

  QuickCiphers(SSLSocketFactory sockets) {
    this.sockets = sockets;
  }

  private static Socket ordered(Socket socket) {
    if (socket instanceof SSLSocket encrypted) {
      SSLParameters parameters = encrypted.getSSLParameters();
      List<String> order = new ArrayList<>();
      List<String> rest = new ArrayList<>();
      for (String suite : parameters.getCipherSuites()) {
        (suite.contains("CHACHA20") ? order : rest).add(suite);
      }
      order.addAll(rest);
      parameters.setCipherSuites(order.toArray(String[]::new));
      encrypted.setSSLParameters(parameters);
    }
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return ordered(sockets.createSocket());
  }

  @Override
  public Socket createSocket(Socket below, String host, int port, boolean close)
      throws IOException {
    return ordered(sockets.createSocket(below, host, port, close));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return ordered(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return ordered(sockets.createSocket(host, port, from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return ordered(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return ordered(sockets.createSocket(host, port, from, fromPort));
  }
}
