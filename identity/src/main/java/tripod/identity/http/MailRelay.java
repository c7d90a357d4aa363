package tripod.identity.http;

import java.net.URI;
import java.util.Optional;
import tripod.identity.Secret;

/**
 * The mail server that the operator named.
 *
 * @param host its name or address
 * @param port its port
 * @param tls how the connection is protected
 * @param login whom the server is told we are, where it asks
 * @param from the address mail comes from
 */
public record MailRelay(String host, int port, Tls tls, Optional<Login> login, String from) {
  private static final int SUBMISSION_PORT = 587;
  private static final int IMPLICIT_TLS_PORT = 465;

  public MailRelay {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("expected the mail server as HOST:PORT");
    }
    if (login.isPresent() && tls == Tls.NEVER) {
      throw new IllegalArgumentException("a password is not sent over a connection without TLS");
    }
  }

  /** How a connection to the mail server is protected. */
  public enum Tls {
    /** Not at all: for a relay on the same machine. */
    NEVER,
    /** By STARTTLS where the server offers it. */
    OFFERED,
    /** By STARTTLS, or nothing is sent. */
    REQUIRED,
    /** From the first byte (RFC 8314). */
    IMPLICIT
  }

  /**
   * Name and password.
   *
   * @param user the name
   * @param password the password
   */
  public record Login(String user, Secret password) {}

  /**
   * Reads an address: {@code HOST:PORT}, {@code smtp://HOST[:PORT]} with STARTTLS required, or
   * {@code smtps://HOST[:PORT]} with TLS from the first byte. Without a scheme a login makes
   * STARTTLS required, and a server on the loopback is spoken to without it.
   *
   * @throws IllegalArgumentException in plain words
   */
  public static MailRelay of(String address, Optional<Login> login, String from) {
    if (address.contains("://")) {
      URI uri = URI.create(address);
      boolean implicit = "smtps".equalsIgnoreCase(uri.getScheme());
      if (uri.getHost() == null || !(implicit || "smtp".equalsIgnoreCase(uri.getScheme()))) {
        throw new IllegalArgumentException(
            "expected the mail server as HOST:PORT, smtp://HOST or smtps://HOST");
      }
      int usual = implicit ? IMPLICIT_TLS_PORT : SUBMISSION_PORT;
      return new MailRelay(
          uri.getHost(),
          uri.getPort() < 0 ? usual : uri.getPort(),
          implicit ? Tls.IMPLICIT : Tls.REQUIRED,
          login,
          from);
    }
    int colon = address.lastIndexOf(':');
    if (colon <= 0 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "expected the mail server as HOST:PORT, smtp://HOST or smtps://HOST, not " + address);
    }
    String host = address.substring(0, colon);
    Tls tls = login.isPresent() ? Tls.REQUIRED : isLoopback(host) ? Tls.NEVER : Tls.OFFERED;
    return new MailRelay(host, Integer.parseInt(address.substring(colon + 1)), tls, login, from);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  @Override
  public String toString() {
    return "MailRelay[" + host + ":" + port + ", " + tls + "]";
  }
}
