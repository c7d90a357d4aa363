package tripod.identity.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SEC_21_AddressesTest {
  private static final List<String> REFUSED =
      List.of(
          ("0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.1.2.3"
                  + " 127.255.255.255 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255"
                  + " 192.0.0.1 192.0.0.170 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1"
                  + " 192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255"
                  + " 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1"
                  + " 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1"
                  + " 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:0:1::1"
                  + " 2001:10::1 2001:1ff::1 2001:db8::1 2002:7f00:1::1 2002:a9fe:a9fe::1"
                  + " 2620:4f:8000::1 3fff::1 fc00::1 fd00::1 fdff:ffff::1 fe80::1 fec0::1 ff02::1"
                  + " ff0e::1 4000::1 5f00::1 ::ffff:0:127.0.0.1")
              .split(" "));
  private static final List<String> PUBLIC =
      List.of(
          ("1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255"
                  + " 128.0.0.1 172.15.255.255 172.32.0.1 192.0.1.1 192.167.255.255 198.17.255.255"
                  + " 198.20.0.1 223.255.255.255 2001:200::1 2001:4860:4860::8888 2003::1"
                  + " 2606:4700::1111 2a00:1450::1 3ffe::1")
              .split(" "));

  @Test
  void SEC_21_addressClasses_refusedAndPublic() {
    for (String text : REFUSED) {
      assertFalse(OutboundRules.isPublic(InetAddress.ofLiteral(text)), text);
    }
    for (String text : PUBLIC) {
      assertTrue(OutboundRules.isPublic(InetAddress.ofLiteral(text)), text);
    }
  }

  /** Listens on loopback and counts who comes. */
  private static final class Listener implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger connections = new AtomicInteger();

    Listener() throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
      Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
      while (!socket.isClosed()) {
        try {
          socket.accept().close();
          connections.incrementAndGet();
        } catch (IOException e) {
          return;
        }
      }
    }

    int port() {
      return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Ways to spell this machine, and names that lead to it. */
  private static List<String> spellings(int port) {
    List<String> hosts =
        new ArrayList<>(
            List.of(
                ("localhost LOCALHOST localhost. a.localhost 127.0.0.1 127.0.0.1. 127.1 127.0.1"
                        + " 2130706433 017700000001 0x7f000001 0x7f.0.0.1 0177.0.0.1 0x7f.1"
                        + " 127.0.0.01 127.000.000.001 00127.0.0.1 0 0.0.0.0 0x0 [::1] [::]"
                        + " [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1]"
                        + " [64:ff9b::127.0.0.1] [2002:7f00:1::] [fe80::1%25lo] [fe80::1]"
                        + " 127.0.0.1.nip.test rebind.example inside.example mixed.example"
                        + " metadata.internal printer.local hidden.onion 1.0.0.127.in-addr.arpa"
                        + " example.test bad.invalid intranet a.b.c.127 example.0x7f"
                        + " user@127.0.0.1 user:pw@rebind.example 127.0.0.1%00.example"
                        + " rebind.example. REBIND.EXAMPLE xn--.example 10.0.0.1 192.168.1.1"
                        + " 169.254.169.254 [fd00::1]")
                    .split(" ")));
    List<String> urls = new ArrayList<>();
    for (String host : hosts) {
      urls.add("https://" + host + ":" + port + "/");
      urls.add("http://" + host + ":" + port + "/");
      urls.add("https://" + host + "/");
      urls.add("http://" + host + "/");
    }
    urls.addAll(
        List.of(
            "file:///etc/passwd",
            "gopher://127.0.0.1:" + port + "/",
            "ftp://127.0.0.1:" + port + "/",
            "https:///path",
            "https:127.0.0.1"));
    return urls;
  }

  private static List<InetAddress> resolve(String host) throws UnknownHostException {
    Map<String, List<String>> known =
        Map.of(
            "rebind.example", List.of("127.0.0.1"),
            "inside.example", List.of("10.0.0.1"),
            "mixed.example", List.of("93.184.216.34", "127.0.0.1"),
            "127.0.0.1.nip.test", List.of("127.0.0.1"),
            "example.test", List.of("127.0.0.1"));
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    List<String> found = known.getOrDefault(name, List.of("127.0.0.1"));
    return found.stream().map(InetAddress::ofLiteral).toList();
  }

  @Test
  void SEC_21_spellingsOfThisMachine_noConnection() throws Exception {
    try (Listener listener = new Listener();
        GuardedHttp http =
            new GuardedHttp(
                new OutboundRules(Set.of(443, 80, listener.port()), List.of()),
                SEC_21_AddressesTest::resolve,
                Duration.ZERO,
                InstantSource.system())) {
      List<String> urls = spellings(listener.port());
      assertTrue(urls.size() >= 200, "spellings: " + urls.size());
      for (String url : urls) {
        URI uri;
        try {
          uri = URI.create(url);
        } catch (IllegalArgumentException e) {
          continue;
        }
        assertThrows(
            OutboundFailure.Refused.class,
            () -> http.send(OutboundRequest.get(uri, OutboundRequest.Limit.SMALL)),
            url);
      }
      assertEquals(0, listener.connections.get());
    }
  }

  @Test
  void SEC_20_publicHosts_httpsOnTheRightPortOnly() throws Exception {
    OutboundRules rules = OutboundRules.STRICT;
    List<InetAddress> open = List.of(InetAddress.ofLiteral("93.184.216.34"));
    rules.check(URI.create("https://example.com/x"), open);
    for (String bad :
        List.of(
            "http://example.com/",
            "https://example.com:8443/",
            "https://example/",
            "https://93.184.216.34/",
            "https://[2606:4700::1111]/",
            "https://a.localhost/",
            "https://a.internal/")) {
      assertThrows(OutboundFailure.Refused.class, () -> rules.check(URI.create(bad), open), bad);
    }
    assertThrows(
        OutboundFailure.Refused.class,
        () -> rules.check(URI.create("https://example.com/"), List.of()));
  }

  @Test
  void lab_allowsItsRangesAndNothingElse() {
    OutboundRules lab = OutboundRules.lab(List.of(Cidr.parse("127.0.0.0/16"), Cidr.parse("::1")));
    lab.check(URI.create("http://127.0.5.1:81/"), List.of(InetAddress.ofLiteral("127.0.5.1")));
    lab.check(URI.create("http://localhost:81/"), List.of(InetAddress.ofLiteral("::1")));
    for (String bad : List.of("127.66.0.1", "10.0.0.1", "::2")) {
      assertThrows(
          OutboundFailure.Refused.class,
          () -> lab.check(URI.create("http://x:81/"), List.of(InetAddress.ofLiteral(bad))));
    }
  }
}
