package tripod.solid.ldp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading, writing and deleting over HTTP, as the owner of the pod. */
class ResourceTest {
  private static final String DOC = "@prefix ex: <http://ex.example/> .\n<#it>  ex:q <other> .";
  private static final String CONTAINER_LINK =
      "<http://www.w3.org/ns/ldp#BasicContainer>; rel=\"type\"";

  private static PodServer pod;

  @BeforeAll
  static void start() {
    pod = PodServer.start();
  }

  @AfterAll
  static void stop() {
    pod.close();
  }

  @Test
  void document_askedForInItsOwnType_comesBackByteForByte() {
    pod.put("alice", "/r/own.ttl", DOC);
    HttpResponse<String> answer = get("/r/own.ttl", "text/turtle");
    assertEquals(DOC, answer.body());
    assertEquals("text/turtle", header(answer, "Content-Type"));
  }

  @ParameterizedTest
  @CsvSource({
    "application/ld+json, application/ld+json",
    "application/n-triples, application/n-triples",
    "'application/ld+json;q=0.9, text/turtle;q=0.3', application/ld+json"
  })
  void document_askedForInAnotherType_isConverted(String accept, String type) {
    pod.put("alice", "/r/other.ttl", DOC);
    HttpResponse<String> answer = get("/r/other.ttl", accept);
    assertEquals(type, header(answer, "Content-Type"));
    assertTrue(answer.body().contains(pod.url("/r/other")), answer.body());
  }

  @Test
  void document_askedForInAnImageType_isNotAcceptable() {
    pod.put("alice", "/r/na.ttl", DOC);
    assertEquals(406, get("/r/na.ttl", "image/png").statusCode());
  }

  @Test
  void headers_ofADocument_sayWhatItIsAndTakes() {
    pod.put("alice", "/r/h.ttl", DOC);
    HttpResponse<String> answer = get("/r/h.ttl", "*/*");
    String links = header(answer, "Link");
    assertTrue(links.contains("<" + pod.url("/r/h.ttl.acl") + ">; rel=\"acl\""), links);
    assertTrue(links.contains("<" + pod.url("/r/h.ttl.meta") + ">; rel=\"describedby\""), links);
    assertTrue(links.contains("solid/terms#storageDescription\""), links);
    assertTrue(header(answer, "Accept-Patch").startsWith("text/n3"));
    assertEquals("GET, HEAD, OPTIONS, PUT, PATCH, DELETE", header(answer, "Allow"));
    assertEquals("Accept, Authorization, Origin", header(answer, "Vary"));
    assertEquals("user=\"read write append control\",public=\"\"", header(answer, "WAC-Allow"));
    assertTrue(header(answer, "ETag").startsWith("\""));
    assertTrue(header(answer, "Last-Modified").endsWith("GMT"));
  }

  @Test
  void options_withoutAPreflight_describesTheResource() {
    pod.put("alice", "/r/o.ttl", DOC);
    HttpResponse<String> answer = pod.send("alice", "OPTIONS", "/r/o.ttl", null);
    assertEquals(204, answer.statusCode());
    assertTrue(header(answer, "Allow").contains("PATCH"));
    assertTrue(header(answer, "Link").contains("storageDescription"));
    assertEquals(401, pod.status("", "OPTIONS", "/r/o.ttl", null));
  }

  @Test
  void entityTag_ofOneForm_guardsAWriteOfAnother() {
    pod.put("alice", "/r/e.ttl", DOC);
    String json = header(get("/r/e.ttl", "application/ld+json"), "ETag");
    String turtle = header(get("/r/e.ttl", "text/turtle"), "ETag");
    assertFalse(json.equals(turtle), json);
    assertEquals(204, pod.put("alice", "/r/e.ttl", "<> <p:p> 1 .", "If-Match", json).statusCode());
    assertEquals(412, pod.put("alice", "/r/e.ttl", DOC, "If-Match", turtle).statusCode());
  }

  @Test
  void conditions_ofReadersAndWriters_hold() {
    HttpResponse<String> made = pod.put("alice", "/r/c.ttl", DOC, "If-None-Match", "*");
    assertEquals(201, made.statusCode());
    String tag = header(get("/r/c.ttl", "text/turtle"), "ETag");
    assertEquals(tag, header(made, "ETag"));
    assertEquals(
        304,
        pod.get("alice", "/r/c.ttl", "Accept", "text/turtle", "If-None-Match", tag).statusCode());
    assertEquals(412, pod.put("alice", "/r/c.ttl", DOC, "If-None-Match", "*").statusCode());
    assertEquals(412, pod.put("alice", "/r/none.ttl", DOC, "If-Match", "*").statusCode());
    assertEquals(412, pod.status("alice", "DELETE", "/r/c.ttl", null, "If-Match", "\"nope\""));
    assertEquals(
        412,
        pod.put("alice", "/r/c.ttl", DOC, "If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT")
            .statusCode());
    assertEquals(
        304,
        pod.get("alice", "/r/c.ttl", "If-Modified-Since", header(made, "Last-Modified"))
            .statusCode());
  }

  @Test
  void file_inParts_comesAsAskedFor() {
    pod.send("alice", "PUT", "/r/f.txt", "0123456789", "Content-Type", "text/plain;charset=utf-8");
    HttpResponse<String> part = pod.get("alice", "/r/f.txt", "Range", "bytes=2-5");
    assertEquals(206, part.statusCode());
    assertEquals("2345", part.body());
    assertEquals("bytes 2-5/10", header(part, "Content-Range"));
    assertEquals(416, pod.get("alice", "/r/f.txt", "Range", "bytes=50-60").statusCode());
    assertEquals("10", header(pod.send("alice", "HEAD", "/r/f.txt", null), "Content-Length"));
    HttpResponse<String> whole = pod.get("alice", "/r/f.txt");
    assertEquals("0123456789", whole.body());
    assertTrue(header(whole, "Content-Type").contains("charset=utf-8"));
  }

  @Test
  void file_askedForCompressed_comesAsItWasPut() {
    String text = "0123456789".repeat(1000);
    pod.send("alice", "PUT", "/r/z.txt", text, "Content-Type", "text/plain");
    HttpResponse<String> whole = pod.get("alice", "/r/z.txt", "Accept-Encoding", "gzip");
    assertEquals(text, whole.body());
    assertEquals("text/plain", header(whole, "Content-Type"));
    HttpResponse<String> part =
        pod.get("alice", "/r/z.txt", "Accept-Encoding", "gzip", "Range", "bytes=0-2999");
    assertEquals(206, part.statusCode());
    assertEquals(3000, part.body().length());
    String comment = "# " + "x".repeat(5000) + "\n";
    pod.put("alice", "/r/z.ttl", comment + DOC);
    HttpResponse<String> turtle = pod.get("alice", "/r/z.ttl", "Accept-Encoding", "gzip");
    assertEquals(comment + DOC, turtle.body());
    assertEquals("text/turtle", header(turtle, "Content-Type"));
  }

  @Test
  void SEC_55_activeFile_isOnlyEverDownloaded() {
    pod.send("alice", "PUT", "/r/x.html", "<script>1</script>", "Content-Type", "text/html");
    HttpResponse<String> answer = pod.get("alice", "/r/x.html");
    assertEquals("attachment", header(answer, "Content-Disposition"));
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertTrue(header(answer, "Content-Security-Policy").contains("sandbox"));
    assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
  }

  @Test
  void put_deepInside_makesTheContainersAbove() {
    assertEquals(201, pod.put("alice", "/deep/a/b.ttl", DOC).statusCode());
    assertTrue(get("/deep/", "text/turtle").body().contains(pod.url("/deep/a/")));
    assertTrue(get("/deep/a/", "text/turtle").body().contains(pod.url("/deep/a/b.ttl")));
  }

  @Test
  void listing_ofAFile_saysSizeTimeAndType() {
    pod.send("alice", "PUT", "/l/a.txt", "abc", "Content-Type", "text/plain");
    String turtle = get("/l/", "text/turtle").body();
    assertTrue(turtle.contains("media-types/text/plain#Resource"), turtle);
    assertTrue(turtle.contains("stat:size 3"), turtle);
    assertTrue(turtle.contains("stat:mtime"), turtle);
    assertTrue(turtle.contains("dcterms:modified"), turtle);
    assertTrue(get("/l/", "application/ld+json").body().contains(pod.url("/l/a.txt")));
  }

  @Test
  void listing_ofManyMembers_hasThemAllOnce() {
    pod.store.write(
        pod.names.pod(),
        writer -> {
          IntStream.range(0, 900)
              .forEach(
                  i ->
                      writer.put(
                          new tripod.podstore.PodPath("/many/m" + i),
                          new tripod.podstore.Content.Document(
                              tripod.syntax.MediaType.TURTLE, new byte[0])));
          return true;
        });
    pod.store.write(
        pod.names.pod(),
        writer -> {
          IntStream.range(900, 1700)
              .forEach(
                  i ->
                      writer.put(
                          new tripod.podstore.PodPath("/many/m" + i),
                          new tripod.podstore.Content.Document(
                              tripod.syntax.MediaType.TURTLE, new byte[0])));
          return true;
        });
    String triples = get("/many/", "application/n-triples").body();
    assertEquals(
        1700, triples.lines().filter(line -> line.contains("ldp#contains")).distinct().count());
    assertEquals(1700, triples.lines().filter(line -> line.contains("ldp#contains")).count());
  }

  @Test
  void post_withASlug_namesAndNeverEscapes() {
    pod.put("alice", "/p/", "");
    assertEquals(pod.url("/p/hello"), location(post("/p/", "hello")));
    assertTrue(location(post("/p/", "hello")).startsWith(pod.url("/p/hello-")));
    assertFalse(location(post("/p/", "../../up")).substring(pod.url("/p/").length()).contains("/"));
    assertFalse(location(post("/p/", "x.acl")).endsWith(".acl"));
    assertFalse(location(post("/p/", "x.acl.meta.acl")).contains(".acl"));
    assertTrue(location(post("/p/", "")).length() > pod.url("/p/").length());
  }

  @Test
  void post_toASocialContainer_namesByTime() {
    pod.put("alice", "/social/posts/", "");
    String made = location(post("/social/posts/", "my-post"));
    assertTrue(tripod.syntax.Tid.isValid(made.substring(pod.url("/social/posts/").length())), made);
  }

  @Test
  void post_ofAContainer_getsASlash() {
    pod.put("alice", "/p/", "");
    HttpResponse<String> made =
        pod.send(
            "alice",
            "POST",
            "/p/",
            "<> <p:p> 1 .",
            "Content-Type",
            "text/turtle",
            "Slug",
            "box",
            "Link",
            CONTAINER_LINK);
    assertEquals(pod.url("/p/box/"), location(made));
    HttpResponse<String> box = get("/p/box/", "text/turtle");
    assertTrue(header(box, "Link").contains("ldp#BasicContainer"));
    assertTrue(box.body().contains("<p:p> 1"), box.body());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /p404/, 404",
    "POST, /r/own2.ttl, 405",
    "DELETE, /, 405",
    "DELETE, /.acl, 405",
    "DELETE, /r/, 409",
    "DELETE, /r/nothing.ttl, 404",
    "PUT, /.well-known/x, 405",
    "PUT, /actor, 405",
    "PUT, /r/own2.ttl.atproto, 405",
    "PUT, /r/nothing.ttl.meta, 404",
    "PUT, /r/a.acl/b, 400",
    "PUT, /r/own2.ttl/child, 409",
    "PUT, /r/own2.ttl/, 409",
    "PUT, /r, 409",
    "GET, /r, 301",
    "GET, /r/own2.ttl/, 301"
  })
  void request_thatCannotBe_hasItsStatus(String method, String path, int status) {
    pod.put("alice", "/r/own2.ttl", DOC);
    String body = method.equals("GET") || method.equals("DELETE") ? null : "";
    HttpResponse<String> answer =
        pod.send("alice", method, path, body, "Content-Type", "text/turtle");
    assertEquals(status, answer.statusCode(), answer.body());
    if (status >= 400) {
      assertEquals("application/problem+json", header(answer, "Content-Type"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "PATCH"})
  void body_withoutAType_isABadRequest(String method) {
    pod.put("alice", "/r/t.ttl", DOC);
    assertEquals(400, pod.status("alice", method, method.equals("POST") ? "/r/" : "/r/t.ttl", DOC));
  }

  @ParameterizedTest
  @CsvSource({
    "text/turtle, '<a> <b> .', 400",
    "application/ld+json, '{\"@id\": ', 400",
    "text/turtle;charset=utf-16, '<a> <b> <c> .', 415",
    "application/vnd.ipld.dag-cbor, x, 415",
    "nonsense, x, 400"
  })
  void body_thatCannotBeTaken_isRefused(String type, String body, int status) {
    assertEquals(status, pod.status("alice", "PUT", "/r/bad", body, "Content-Type", type));
    assertEquals(404, get("/r/bad", "*/*").statusCode());
  }

  @Test
  void containment_isTheServersToWrite() {
    pod.put("alice", "/k/a.ttl", DOC);
    String ghost = "<> <http://www.w3.org/ns/ldp#contains> <ghost> .";
    assertEquals(409, pod.put("alice", "/k/", ghost).statusCode());
    assertEquals(
        409,
        pod.patch(
                "alice",
                "/k/.meta",
                "solid:inserts { <./> <http://purl.org/dc/terms/modified> \"2001-01-01\" }")
            .statusCode());
    assertEquals(
        409,
        pod.patch("alice", "/k/", "solid:inserts { <./> <http://www.w3.org/ns/ldp#contains> <g> }")
            .statusCode());
    assertEquals(
        204, pod.patch("alice", "/k/", "solid:inserts { <./> <p:title> \"T\" }").statusCode());
    assertTrue(get("/k/", "text/turtle").body().contains("\"T\""));
  }

  @Test
  void description_ofAFile_livesAndGoesWithIt() {
    pod.send("alice", "PUT", "/m/f.txt", "abc", "Content-Type", "text/plain");
    assertEquals(404, get("/m/f.txt.meta", "*/*").statusCode());
    String title = "solid:inserts { <f.txt> <p:title> \"T\" }";
    assertEquals(201, pod.patch("alice", "/m/f.txt.meta", title).statusCode());
    assertTrue(get("/m/f.txt.meta", "text/turtle").body().contains("\"T\""));
    assertEquals(204, pod.status("alice", "DELETE", "/m/f.txt", null));
    assertEquals(404, get("/m/f.txt.meta", "*/*").statusCode());
  }

  @Test
  void patch_ofJsonLd_staysJsonLd() {
    pod.send(
        "alice",
        "PUT",
        "/r/j",
        "{\"@id\":\"#a\",\"p:name\":\"A\"}",
        "Content-Type",
        "application/ld+json");
    assertEquals(
        204, pod.patch("alice", "/r/j", "solid:inserts { <#c> <p:name> \"C\" }").statusCode());
    HttpResponse<String> answer = pod.get("alice", "/r/j");
    assertEquals("application/ld+json", header(answer, "Content-Type"));
    assertTrue(answer.body().contains("\"C\""));
  }

  @Test
  void patch_ofAFile_leavesItAsItWas() {
    pod.send("alice", "PUT", "/r/p.txt", "abc", "Content-Type", "text/plain");
    assertEquals(
        409, pod.patch("alice", "/r/p.txt", "solid:inserts { <#c> <p:name> \"C\" }").statusCode());
    assertEquals("abc", pod.get("alice", "/r/p.txt").body());
  }

  @Test
  void patch_ofWhatIsNotThere_makesItWithItsContainers() {
    assertEquals(
        201, pod.patch("alice", "/np/deep/d.ttl", "solid:inserts { <#c> <p:p> 1 }").statusCode());
    assertTrue(get("/np/deep/", "text/turtle").body().contains("d.ttl"));
    assertEquals(
        409, pod.patch("alice", "/np/x.ttl", "solid:deletes { <#c> <p:p> 1 }").statusCode());
    assertEquals(404, get("/np/x.ttl", "*/*").statusCode());
  }

  @Test
  void patches_atTheSameTime_allLand() throws Exception {
    pod.put("alice", "/r/par.ttl", "<> <p:p> 0 .");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<java.util.concurrent.Future<Integer>> answers =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              pod.patch(
                                      "alice", "/r/par.ttl", "solid:inserts { <> <p:v> " + i + " }")
                                  .statusCode()))
              .toList();
      for (var answer : answers) {
        assertEquals(204, answer.get());
      }
    }
    String triples = get("/r/par.ttl", "application/n-triples").body();
    assertEquals(21, triples.lines().count());
  }

  @Test
  void putsIfNothingIsThere_atTheSameTime_makeItOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              pod.put("alice", "/once/x", DOC, "If-None-Match", "*").statusCode()))
              .toList();
      int made = 0;
      for (var answer : answers) {
        made += answer.get() == 201 ? 1 : 0;
      }
      assertEquals(1, made);
    }
  }

  @Test
  void putsIntoAContainerThatIsNotThere_atTheSameTime_allLand() throws Exception {
    for (int round = 0; round < 5; round++) {
      String container = "/fresh" + round + "/in/";
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var answers =
            IntStream.range(0, 16)
                .mapToObj(
                    i -> threads.submit(() -> pod.put("alice", container + i, DOC).statusCode()))
                .toList();
        for (var answer : answers) {
          assertEquals(201, answer.get());
        }
      }
    }
  }

  @Test
  void storageDescription_ofThePod_saysItIsOne() {
    HttpResponse<String> answer = pod.get("", "/.well-known/solid", "Accept", "text/turtle");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("<" + pod.url("/") + "> a pim:Storage"), answer.body());
    assertTrue(header(pod.send("alice", "HEAD", "/", null), "Link").contains("pim/space#Storage"));
  }

  @Test
  void SEC_72_namesWithOtherLetters_roundTrip() {
    String path = "/n/caf%C3%A9%20%E6%97%A5.ttl";
    assertEquals(201, pod.put("alice", path, DOC).statusCode());
    assertEquals(DOC, get(path, "text/turtle").body());
    assertTrue(get("/n/", "text/turtle").body().contains(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%2Fb",
        "/a%5Cb",
        "/a%00b",
        "/%2e%2e/x",
        "/a/../b",
        "/a/./b",
        "/a//b",
        "/a%0Ab",
        "/a%E2%80%AEb",
        "/a%ZZ",
        "/a%C3%28",
        "/%2e",
        "/a%7F"
      })
  void SEC_72_pathThatNothingCanBeCalled_isABadRequest(String path) {
    String status =
        pod.raw(
            "PUT "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer alice\r\n"
                + "Content-Type: text/turtle\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    assertTrue(status.contains(" 400"), path + " " + status);
  }

  @Test
  void SEC_11_bodyOverItsLimit_isTooLarge() {
    String status =
        pod.raw(
            "PUT /big.ttl HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer alice\r\n"
                + "Content-Type: text/turtle\r\nContent-Length: 10485761\r\n\r\n");
    assertTrue(status.contains(" 413"), status);
    String literal = "<a> <p:p> \"" + "x".repeat(11 * 1024 * 1024) + "\" .";
    assertEquals(413, pod.put("alice", "/big.ttl", literal).statusCode());
  }

  @Test
  void SEC_30_bodyNestedTooDeep_isABadRequest() {
    String deep = "<a> <p:p> " + "[ <p:q> ".repeat(1000) + "1" + "]".repeat(1000) + " .";
    assertEquals(400, pod.put("alice", "/deep.ttl", deep).statusCode());
    assertEquals(
        400,
        pod.status(
            "alice",
            "PUT",
            "/deep.json",
            "{\"p:q\":".repeat(1000) + "1" + "}".repeat(1000),
            "Content-Type",
            "application/ld+json"));
    assertEquals(
        400,
        pod.patch("alice", "/deep2.ttl", "solid:inserts { <a> <p:p> " + "[ <p:q> ".repeat(1000))
            .statusCode());
  }

  private static HttpResponse<String> get(String path, String accept) {
    return pod.get("alice", path, "Accept", accept);
  }

  private static HttpResponse<String> post(String container, String slug) {
    String[] headers =
        slug.isEmpty()
            ? new String[] {"Content-Type", "text/turtle"}
            : new String[] {"Content-Type", "text/turtle", "Slug", slug};
    return pod.send("alice", "POST", container, DOC, headers);
  }

  private static String location(HttpResponse<String> answer) {
    assertEquals(201, answer.statusCode(), answer.body());
    return header(answer, "Location");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
