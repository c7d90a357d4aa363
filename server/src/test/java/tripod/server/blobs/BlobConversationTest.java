package tripod.server.blobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.bench.LabMember;
import tripod.server.wiring.Running;

/** A file from its upload to its end, at all doors of a running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlobConversationTest {
  private static final String TOKEN = "blob-admin-token";

  private Running server;
  private HttpClient http;
  private LabMember alice;

  @BeforeAll
  void start(@TempDir Path data) {
    server =
        Running.start(
            Map.of("host.port", "0", "host.data", data.toString(), "admin.token", TOKEN), Map.of());
    http = HttpClient.newHttpClient();
    alice = LabMember.create(http, server.origin(), TOKEN, "alice", Date::new);
  }

  @AfterAll
  void stop() {
    http.shutdownNow();
    server.close();
  }

  private static byte[] picture(int seed, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) seed);
    byte[] start = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    System.arraycopy(start, 0, bytes, 0, start.length);
    return bytes;
  }

  private JsonNode uploaded(byte[] bytes) {
    HttpResponse<byte[]> answer = alice.upload(bytes);
    assertEquals(200, answer.statusCode(), LabMember.text(answer));
    return LabMember.json(answer).path("blob");
  }

  private HttpResponse<byte[]> post(JsonNode blob) {
    return alice.procedure(
        "com.atproto.repo.createRecord",
        Map.of(
            "repo",
            alice.did(),
            "collection",
            "app.bsky.feed.post",
            "record",
            Map.of(
                "$type",
                "app.bsky.feed.post",
                "text",
                "look",
                "createdAt",
                "2026-05-01T12:00:00Z",
                "embed",
                Map.of(
                    "$type",
                    "app.bsky.embed.images",
                    "images",
                    List.of(Map.of("alt", "", "image", blob))))));
  }

  private static void assertRefused(String how, HttpResponse<byte[]> answer) {
    String refusal = answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    assertTrue(refusal.startsWith(how), refusal);
  }

  private HttpResponse<byte[]> ask(String method, URI address, String... fields) throws Exception {
    URI here = URI.create(server.origin() + address.getRawPath() + query(address));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(here)
            .header("Host", address.getAuthority())
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i + 1 < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String query(URI address) {
    return address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
  }

  private URI getBlob(String cid) {
    return URI.create(
        server.origin() + "/xrpc/com.atproto.sync.getBlob?did=" + alice.did() + "&cid=" + cid);
  }

  private URI media(String cid) {
    return URI.create(alice.storage() + "media/" + cid);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void getBlob_onlyWhileARecordNamesIt_withItsHeadersAndParts() throws Exception {
    byte[] bytes = picture(1, 5000);
    JsonNode blob = uploaded(bytes);
    String cid = blob.path("ref").path("$link").asText();
    assertEquals("image/png", blob.path("mimeType").asText());
    assertEquals(400, ask("GET", getBlob(cid)).statusCode());
    assertEquals(404, ask("GET", media(cid)).statusCode());
    HttpResponse<byte[]> posted = post(blob);
    assertEquals(200, posted.statusCode(), LabMember.text(posted));
    HttpResponse<byte[]> whole = ask("GET", getBlob(cid));
    assertEquals(200, whole.statusCode());
    assertArrayEquals(bytes, whole.body());
    assertEquals("image/png", header(whole, "Content-Type"));
    assertEquals("5000", header(whole, "Content-Length"));
    assertEquals("nosniff", header(whole, "X-Content-Type-Options"));
    assertEquals("attachment; filename=\"" + cid + "\"", header(whole, "Content-Disposition"));
    assertEquals("default-src 'none'; sandbox", header(whole, "Content-Security-Policy"));
    HttpResponse<byte[]> head = ask("HEAD", getBlob(cid));
    assertEquals(200, head.statusCode());
    assertEquals("5000", header(head, "Content-Length"));
    assertEquals(0, head.body().length);
    HttpResponse<byte[]> part = ask("GET", getBlob(cid), "Range", "bytes=1-3");
    assertEquals(206, part.statusCode());
    assertEquals("bytes 1-3/5000", header(part, "Content-Range"));
    assertEquals("PNG", new String(part.body(), StandardCharsets.UTF_8));
    assertEquals(416, ask("GET", getBlob(cid), "Range", "bytes=5000-").statusCode());
    assertEquals(
        304, ask("GET", getBlob(cid), "If-None-Match", header(whole, "ETag")).statusCode());
  }

  @Test
  void media_whileAPublicPostNamesIt() throws Exception {
    JsonNode blob = uploaded(picture(2, 700));
    String cid = blob.path("ref").path("$link").asText();
    HttpResponse<byte[]> posted = post(blob);
    HttpResponse<byte[]> shown = ask("GET", media(cid));
    assertEquals(200, shown.statusCode(), LabMember.text(shown));
    assertArrayEquals(picture(2, 700), shown.body());
    assertEquals("nosniff", header(shown, "X-Content-Type-Options"));
    assertEquals("cross-origin", header(shown, "Cross-Origin-Resource-Policy"));
    assertEquals("", header(shown, "Content-Disposition"));
    assertEquals(206, ask("GET", media(cid), "Range", "bytes=-10").statusCode());
    assertEquals(404, ask("GET", media("bafkreinonsense")).statusCode());
    String rkey = LabMember.json(posted).path("uri").asText().replaceFirst(".*/", "");
    alice.procedure(
        "com.atproto.repo.deleteRecord",
        Map.of("repo", alice.did(), "collection", "app.bsky.feed.post", "rkey", rkey));
    assertEquals(404, ask("GET", media(cid)).statusCode());
    assertEquals(400, ask("GET", getBlob(cid)).statusCode());
  }

  @Test
  void record_namesBlobThatIsNotThere_orNotThat() {
    JsonNode blob = uploaded(picture(3, 800));
    var absent = blob.deepCopy();
    ((com.fasterxml.jackson.databind.node.ObjectNode) absent.path("ref"))
        .put("$link", "bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
    assertRefused("400 {\"error\":\"BlobNotFound\"", post(absent));
    var type = ((com.fasterxml.jackson.databind.node.ObjectNode) blob.deepCopy());
    type.put("mimeType", "image/jpeg");
    assertRefused("400 {\"error\":\"InvalidMimeType\"", post(type));
    var size = ((com.fasterxml.jackson.databind.node.ObjectNode) blob.deepCopy());
    size.put("size", 801);
    assertRefused("400 {\"error\":\"InvalidSize\"", post(size));
  }

  private void quota(String name, String bytes) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    server.origin().resolve("/api/admin/accounts/" + name + "/quota"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"bytes\":\"" + bytes + "\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  @Test
  void quota_refusesAtEveryDoor_andReadsAndDeletesStillWork() throws Exception {
    LabMember bob = LabMember.create(http, server.origin(), TOKEN, "bob", Date::new);
    String kept = bob.storage() + "notes/kept";
    assertEquals(201, bob.solid("PUT", kept, "small", "text/plain").statusCode());
    JsonNode before = LabMember.json(bob.admin("/api/admin/accounts/bob", TOKEN));
    assertTrue(before.path("bytes").asLong() > 5, before.toString());
    quota("bob", "10");
    assertRefused("413 {\"error\":\"PayloadTooLarge\"", bob.upload(picture(4, 1000)));
    Map<String, ?> record =
        Map.of("$type", "app.bsky.feed.post", "text", "x", "createdAt", "2026-05-01T12:00:00Z");
    assertRefused(
        "413 {\"error\":\"PayloadTooLarge\"",
        bob.procedure(
            "com.atproto.repo.createRecord",
            Map.of("repo", bob.did(), "collection", "app.bsky.feed.post", "record", record)));
    assertRefused("413", bob.outbox(Map.of("type", "Note", "content", "x", "to", "as:Public")));
    String more = bob.storage() + "notes/more";
    assertRefused("507", bob.solid("PUT", more, "small", "text/plain"));
    assertRefused("507", bob.solid("PUT", more, "<> a <x:Y>.", "text/turtle"));
    assertEquals(200, bob.solid("GET", kept, "", "").statusCode());
    HttpResponse<byte[]> gone = bob.solid("DELETE", kept, "", "");
    assertTrue(gone.statusCode() < 300, "" + gone.statusCode());
    quota("bob", "default");
    assertEquals(200, bob.upload(picture(4, 1000)).statusCode());
  }

  @Test
  void collect_isRunByTheAdmin() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.origin().resolve("/api/admin/blobs/collect"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"failed\":0"), answer.body());
    assertFalse(answer.body().contains("error"));
  }
}
