package tripod.server.lexicon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.bench.LabMember;
import tripod.server.wiring.Running;

/** Whatever somebody sends as a record is taken or refused, and never a fault of the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangeRecordsTest {
  private static final String TOKEN = "strange-admin-token";
  private static final long SEED = 20261126;
  private static final int DOCUMENTS = 400;
  private static final List<String> COLLECTIONS =
      List.of(
          "app.bsky.feed.post",
          "app.bsky.actor.profile",
          "app.bsky.graph.list",
          "app.bsky.feed.threadgate",
          "app.bsky.labeler.service",
          "com.atproto.lexicon.schema",
          "com.example.some.thing");
  private static final List<String> KEYS =
      List.of(
          "$type",
          "$link",
          "$bytes",
          "text",
          "createdAt",
          "embed",
          "facets",
          "subject",
          "labels",
          "ref",
          "mimeType",
          "size",
          "cid",
          "lexicon",
          "id",
          "defs",
          "main",
          "type",
          "record",
          "properties",
          "items",
          "refs",
          "key",
          "allow",
          "");
  private static final List<String> SCALARS =
      List.of(
          "0",
          "-1",
          "1.5",
          "1e3",
          "9007199254740992",
          "123456789012345678901234567890",
          "true",
          "null",
          "\"\"",
          "\"blob\"",
          "\"record\"",
          "\"object\"",
          "\"union\"",
          "\"app.bsky.embed.images\"",
          "\"app.bsky.embed.record#main\"",
          "\"2026-11-26T00:00:00Z\"",
          "\"at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/a.b.c/d\"",
          "\"bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity\"",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"\ud83d\udc68\u200d\ud83d\udc69\"");

  private Running server;
  private HttpClient http;
  private LabMember member;
  private String access;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    server =
        Running.start(
            Map.of("host.port", "0", "host.data", data.toString(), "admin.token", TOKEN), Map.of());
    http = HttpClient.newHttpClient();
    member = LabMember.create(http, server.origin(), TOKEN, "alice", Date::new);
    access =
        LabMember.json(
                member.procedure(
                    "com.atproto.server.createSession",
                    Map.of("identifier", member.did(), "password", "a long passphrase of alice")))
            .path("accessJwt")
            .asText();
  }

  @AfterAll
  void stop() {
    http.shutdownNow();
    server.close();
  }

  @Test
  void createRecord_anyDocument_isNoServerFault() {
    Random random = new Random(SEED);
    int taken = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      String collection = COLLECTIONS.get(random.nextInt(COLLECTIONS.size()));
      String record = i % 2 == 0 ? value(random, 0) : mutated(random, collection);
      String validate = List.of("", ",\"validate\":true", ",\"validate\":false").get(i % 3);
      HttpResponse<String> answer =
          post(
              "com.atproto.repo.createRecord",
              "{\"repo\":\""
                  + member.did()
                  + "\",\"collection\":\""
                  + collection
                  + "\""
                  + validate
                  + ",\"record\":"
                  + record
                  + "}");
      assertTrue(
          answer.statusCode() == 200 || answer.statusCode() == 400 || answer.statusCode() == 413,
          () -> answer.statusCode() + " for " + record + ": " + answer.body());
      taken += answer.statusCode() == 200 ? 1 : 0;
    }
    assertTrue(taken > 10, "only " + taken + " were taken");
  }

  @Test
  void SEC_30_createRecord_depthBombs_areRefused() {
    for (int depth : new int[] {33, 64, 65, 1000, 100_000}) {
      for (String bomb :
          List.of(
              "{\"a\":".repeat(depth) + "1" + "}".repeat(depth),
              "[".repeat(depth) + "]".repeat(depth))) {
        HttpResponse<String> answer =
            post(
                "com.atproto.repo.createRecord",
                "{\"repo\":\""
                    + member.did()
                    + "\",\"collection\":\"com.example.some.thing\",\"record\":{\"deep\":"
                    + bomb
                    + "}}");
        assertEquals(400, answer.statusCode(), depth + " " + answer.body());
      }
    }
  }

  @Test
  void dataModel_isHeldWithoutValidation() {
    for (String record :
        List.of(
            "{\"x\":1.5}",
            "{\"x\":{\"$link\":\"nonsense\"}}",
            "{\"x\":{\"$link\":5}}",
            "{\"x\":{\"$bytes\":\"*\"}}",
            "{\"x\":{\"$bytes\":\"YQ\",\"more\":1}}",
            "{\"$type\":5}",
            "{\"$type\":\"com.example.other.thing\"}",
            "{\"x\":{\"$type\":\"blob\"}}",
            "{\"x\":{\"$type\":\"blob\",\"ref\":{\"$link\":\"bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq\"},\"mimeType\":\"a/b\",\"size\":1}}",
            "{\"x\":{\"cid\":\"bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity\",\"mimeType\":\"a/b\"}}",
            "{\"x\":1,\"x\":2}",
            "[]",
            "\"text\"",
            "null")) {
      HttpResponse<String> answer =
          post(
              "com.atproto.repo.createRecord",
              "{\"repo\":\""
                  + member.did()
                  + "\",\"collection\":\"com.example.some.thing\",\"validate\":false,\"record\":"
                  + record
                  + "}");
      assertEquals(400, answer.statusCode(), record + " " + answer.body());
    }
  }

  private static String value(Random random, int depth) {
    int kind = random.nextInt(depth > 5 ? 2 : 4);
    return switch (kind) {
      case 2 -> {
        StringBuilder list = new StringBuilder("[");
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
          list.append(i == 0 ? "" : ",").append(value(random, depth + 1));
        }
        yield list.append(']').toString();
      }
      case 3 -> {
        StringBuilder map = new StringBuilder("{");
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
          map.append(i == 0 ? "\"" : ",\"")
              .append(KEYS.get(random.nextInt(KEYS.size())))
              .append("\":")
              .append(value(random, depth + 1));
        }
        yield map.append('}').toString();
      }
      default -> SCALARS.get(random.nextInt(SCALARS.size()));
    };
  }

  /** A record that is nearly right, with one field more. */
  private static String mutated(Random random, String collection) {
    String base =
        switch (collection) {
          case "app.bsky.feed.post" -> "\"text\":\"x\",\"createdAt\":\"2026-11-26T00:00:00Z\"";
          case "app.bsky.graph.list" ->
              "\"name\":\"x\",\"purpose\":\"x\",\"createdAt\":\"2026-11-26T00:00:00Z\"";
          case "com.atproto.lexicon.schema" ->
              "\"lexicon\":1,\"id\":\"com.example.a.b\",\"defs\":{\"a\":{\"type\":\"token\"}}";
          default -> "\"x\":1";
        };
    String key = KEYS.get(random.nextInt(KEYS.size()));
    return "{" + base + ",\"" + key + "\":" + value(random, 3) + "}";
  }

  private HttpResponse<String> post(String method, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.origin() + "/xrpc/" + method))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + access)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
