package tripod.server.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a server does most: members write and everybody reads, at every door. */
public final class Exercise implements AutoCloseable {
  private static final int ROUNDS = 20;
  private static final Duration PART_MAX = Duration.ofSeconds(2);

  private final HttpClient http;
  private final List<LabMember> members = new ArrayList<>();

  /** Makes an exercise; nothing is sent yet. */
  public Exercise() {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    http = HttpClient.newHttpClient();
  }

  /** Uses a running lab server over HTTP. */
  public void run(URI server, String adminToken) {
    InstantSource clock = InstantSource.system();
    Supplier<Date> now = () -> Date.from(clock.instant());
    LabMember member = LabMember.create(http, server, adminToken, "warm", now);
    members.add(member);
    for (int round = 0; round < ROUNDS; round++) {
      for (LabDoor writer : LabDoor.values()) {
        String name = writer.create(member, "warm " + round, true);
        for (LabDoor reader : LabDoor.values()) {
          reader.read(member, name);
        }
      }
    }
    member.query(
        "com.atproto.repo.listRecords", "repo=" + member.did() + "&collection=app.bsky.feed.post");
    member.query("com.atproto.sync.getRepo", "did=" + member.did());
    member.get(member.storage(), "text/html");
    member.get(server + "/", "text/html");
    member.procedure("com.atproto.server.refreshSession", Map.of());
    for (int n = 1; n < Drill.MEMBERS; n++) {
      members.add(LabMember.create(http, server, adminToken, "warm" + n, now));
    }
    new Drill(http, server, members, PART_MAX).run();
  }

  /** Writes once for each member, after the same server was started again: nothing is at hand. */
  public void again() {
    members.forEach(member -> Posts.create(member, "again"));
  }

  @Override
  public void close() {
    http.shutdownNow(); // an orderly end would wait for the websockets
  }
}
