package tripod.server.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.function.Supplier;

/** What a server does most: members write and everybody reads, at every door. */
public final class Exercise {
  private static final int ROUNDS = 20;
  private static final Duration PART_MAX = Duration.ofSeconds(2);

  private Exercise() {}

  /** Uses a running lab server over HTTP. */
  public static void run(URI server, String adminToken) {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    InstantSource clock = InstantSource.system();
    Supplier<Date> now = () -> Date.from(clock.instant());
    HttpClient http = HttpClient.newHttpClient();
    try {
      LabMember member = LabMember.create(http, server, adminToken, "warm", now);
      for (int round = 0; round < ROUNDS; round++) {
        for (LabDoor writer : LabDoor.values()) {
          String name = writer.create(member, "warm " + round, true);
          for (LabDoor reader : LabDoor.values()) {
            reader.read(member, name);
          }
        }
      }
      member.query(
          "com.atproto.repo.listRecords",
          "repo=" + member.did() + "&collection=app.bsky.feed.post");
      member.query("com.atproto.sync.getRepo", "did=" + member.did());
      member.get(member.storage(), "text/html");
      member.get(server + "/", "text/html");
      member.procedure("com.atproto.server.refreshSession", Map.of());
      new Drill(http, server, PART_MAX)
          .run(member, n -> LabMember.create(http, server, adminToken, "warm" + n, now));
    } finally {
      http.shutdownNow(); // close would wait for the websockets
    }
  }
}
