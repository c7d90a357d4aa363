package tripod.server.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.wiring.MemberHost;

/** What was let in and is taken back ends where it listens too, not only where it asks. */
class SEC_61_OpenSocketsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static MemberHost host;

  @BeforeAll
  static void start(@TempDir Path data) {
    host = new MemberHost(data, Map.of());
  }

  @AfterAll
  static void stop() {
    HTTP.shutdownNow();
    host.close();
  }

  /** The listening end of a channel. */
  private static final class Ear implements WebSocket.Listener {
    final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();

    static Ear at(URI address) {
      Ear ear = new Ear();
      HTTP.newWebSocketBuilder().buildAsync(address, ear).join();
      return ear;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      said.add(data.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.add(status);
      return null;
    }

    void assertCut() throws InterruptedException {
      Integer status = closed.poll(20, TimeUnit.SECONDS);
      assertTrue(status != null, "the channel goes on");
      assertNull(said.poll(), "nothing was to be heard");
    }

    /** A notice shows that the channel is open, and that it outlived what came before. */
    void assertHears(SolidApp app, String path) throws InterruptedException {
      app.with("PUT", path)
          .contentType("text/turtle")
          .body("<> <http://purl.org/dc/terms/title> \"" + System.nanoTime() + "\" .")
          .put("http://127.0.0.1:" + host.port() + path);
      assertTrue(said.poll(20, TimeUnit.SECONDS) != null, "nothing was heard");
      assertNull(closed.poll());
    }
  }

  private static SolidApp script(MemberHost.Member member, String name) {
    return SolidApp.script(host, name, member.clientId(), member.clientSecret());
  }

  @Test
  void app_revokedInTheConsole_isCutOff_andNobodyElse() throws InterruptedException {
    SolidApp other = script(host.member("ada"), "ada");
    Person person = new Person(host);
    SolidApp app = SolidApp.letIn(host, person, "ada");
    URI unheard = app.channel("/settings/");
    Ear ear = Ear.at(app.channel("/settings/"));
    Ear others = Ear.at(other.channel("/notes/a.ttl"));
    others.assertHears(other, "/notes/a.ttl");

    Response list = person.open("/console/apps");
    person.send(list, "/console/apps/end", Map.of()).then().statusCode(303);

    ear.assertCut();
    assertEquals(1008, Ear.at(unheard).closed.poll(20, TimeUnit.SECONDS));
    assertEquals(401, app.subscribe("ada", "/settings/").statusCode());
    others.assertHears(other, "/notes/a.ttl");
  }

  @Test
  void app_thatGivesBackItsToken_isCutOff() throws InterruptedException {
    host.member("bea");
    SolidApp app = SolidApp.letIn(host, new Person(host), "bea");
    Ear ear = Ear.at(app.channel("/settings/"));
    app.giveBack();
    ear.assertCut();
  }

  @Test
  void script_whosePairIsEnded_isCutOff() throws InterruptedException {
    MemberHost.Member member = host.member("cleo");
    SolidApp script = script(member, "cleo");
    Ear ear = Ear.at(script.channel("/settings/"));
    Person person = new Person(host);
    person.send(
        person.open("/console/sign-in"),
        "/console/sign-in",
        Map.of("name", "cleo", "password", MemberHost.PASSWORD));
    Response list = person.open("/console/apps");
    person
        .send(list, "/console/apps/end", Map.of("kind", "script", "id", member.clientId()))
        .then()
        .statusCode(303);
    ear.assertCut();
  }

  @Test
  void password_changed_cutsOffTheAppsItLetIn() throws InterruptedException {
    MemberHost.Member member = host.member("dora");
    SolidApp app = SolidApp.letIn(host, new Person(host), "dora");
    Ear ear = Ear.at(app.channel("/settings/"));
    MemberHost.admin()
        .body(Map.of("did", member.did(), "password", "another-Long-1"))
        .post(host.xrpc("com.atproto.admin.updateAccountPassword"))
        .then()
        .statusCode(200);
    ear.assertCut();
  }

  @Test
  void account_suspended_cutsOffItsProgramsElsewhere_andAllWhoListenToIt()
      throws InterruptedException {
    MemberHost.Member member = host.member("edda");
    SolidApp own = script(member, "edda");
    SolidApp visitor = script(host.member("finn"), "finn");
    Ear ear = Ear.at(own.channel("/settings/"));
    Ear elsewhere = Ear.at(own.channelOf("finn", "/profile/card"));
    Ear visitors = Ear.at(visitor.channelOf("edda", "/profile/card"));
    state("edda", "suspended");
    ear.assertCut();
    elsewhere.assertCut();
    visitors.assertCut();
    assertEquals(403, visitor.subscribe("edda", "/profile/card").statusCode());
    state("edda", "active");
    assertEquals(200, visitor.subscribe("edda", "/profile/card").statusCode());
  }

  private static void state(String name, String wanted) {
    MemberHost.admin()
        .body(Map.of("state", wanted))
        .post(host.origin() + "/api/admin/accounts/" + name + ".localhost/state")
        .then()
        .statusCode(200);
  }
}
