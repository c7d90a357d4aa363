package tripod.identity.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tripod.identity.Fixtures;

/** What clients publish: documents of real ones, and each rule broken in turn. */
class ClientMetadataTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "https://app.example/oauth/client.json";

  private static ObjectNode document() {
    try {
      return (ObjectNode)
          JSON.readTree(
              """
              {"client_id": "https://app.example/oauth/client.json",
               "client_name": "App", "client_uri": "https://app.example/",
               "application_type": "web", "dpop_bound_access_tokens": true,
               "grant_types": ["authorization_code", "refresh_token"],
               "response_types": ["code"], "scope": "atproto transition:generic",
               "redirect_uris": ["https://app.example/back"],
               "token_endpoint_auth_method": "none"}
              """);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Client read(JsonNode json) {
    return ClientMetadata.atproto(ID, URI.create(ID), json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flaskdemo", "smokesignal", "statusphere"})
  void atproto_documentsOfRealClients_areTaken(String name) {
    JsonNode json =
        Fixtures.json(Fixtures.folder("atproto/oauth").resolve(name + "-client-metadata.json"));
    String id = json.path("client_id").asText();
    Client client = ClientMetadata.atproto(id, URI.create(id), json);
    assertEquals(name.equals("flaskdemo"), client.isConfidential());
    assertTrue(client.mayRedirectTo(json.path("redirect_uris").get(0).asText()));
    assertFalse(client.mayRedirectTo("https://evil.example/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_id | \"https://other.example/client.json\"",
        "dpop_bound_access_tokens | false",
        "scope | \"transition:generic\"",
        "scope | \"atproto atproto\"",
        "grant_types | [\"refresh_token\"]",
        "response_types | [\"token\"]",
        "redirect_uris | []",
        "redirect_uris | [\"http://app.example/back\"]",
        "redirect_uris | [\"https://localhost/back\"]",
        "redirect_uris | [\"http://127.0.0.1/back\"]",
        "redirect_uris | [\"example.app:/back\"]",
        "redirect_uris | [\"https://app.example/back#part\"]",
        "redirect_uris | [\"javascript:alert(1)\"]",
        "application_type | \"service\"",
        "client_uri | \"https://other.example/\"",
        "client_uri | \"https://app.example/elsewhere/\"",
        "token_endpoint_auth_method | \"client_secret_basic\"",
        "token_endpoint_auth_method | \"private_key_jwt\"",
        "token_endpoint_auth_signing_alg | \"ES256\""
      })
  void SEC_56_atproto_thatBreaksARule_isRefused(String name, String value) throws IOException {
    ObjectNode json = document();
    read(json);
    json.set(name, JSON.readTree(value));
    assertThrows(OAuthFailure.class, () -> read(json));
  }

  @Test
  void atproto_nativeClient_mayUseItsOwnSchemeAndLoopback() {
    ObjectNode json = document().put("application_type", "native");
    json.putArray("redirect_uris").add("example.app:/back").add("http://127.0.0.1/back");
    Client client = read(json);
    assertTrue(client.mayRedirectTo("example.app:/back"));
    assertTrue(client.mayRedirectTo("http://127.0.0.1:4000/back"));
    assertFalse(client.mayRedirectTo("http://127.0.0.1:4000/other"));
    assertFalse(client.mayRedirectTo("http://[::1]:4000/back"));
    for (String foreign : List.of("example.other:/back", "example.app://back", "myapp:/back")) {
      json.putArray("redirect_uris").add(foreign);
      assertThrows(OAuthFailure.class, () -> read(json), foreign);
    }
    json.putArray("redirect_uris").add("example.app:/back");
    json.put("token_endpoint_auth_method", "private_key_jwt")
        .put("token_endpoint_auth_signing_alg", "ES256")
        .put("jwks_uri", "https://app.example/jwks");
    assertThrows(OAuthFailure.class, () -> read(json));
  }

  @Test
  void solid_document_isOneByItsContext() {
    ObjectNode json = JSON.createObjectNode().put("client_id", ID);
    json.putArray("redirect_uris").add("https://app.example/back");
    assertThrows(OAuthFailure.class, () -> ClientMetadata.solid(ID, json));
    json.putArray("@context").add(ClientMetadata.SOLID_CONTEXT);
    assertTrue(ClientMetadata.solid(ID, json).mayRedirectTo("https://app.example/back"));
    json.putArray("redirect_uris").add("javascript:alert(1)");
    assertThrows(OAuthFailure.class, () -> ClientMetadata.solid(ID, json));
  }

  @Test
  void loopback_isMadeOfItsId_andNothingElse() {
    assertEquals(
        List.of("http://127.0.0.1/", "http://[::1]/"),
        ClientMetadata.loopback("http://localhost").redirects());
    assertTrue(
        ClientMetadata.loopback("http://localhost/?redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb")
            .mayRedirectTo("http://127.0.0.1:9/cb"));
    for (String bad :
        List.of(
            "http://localhost?redirect_uri=https%3A%2F%2Fevil.example%2F",
            "http://localhost?redirect_uri=http%3A%2F%2Flocalhost%2F",
            "http://localhost?scope=transition:generic",
            "http://localhost?client_name=x",
            "http://localhost?redirect_uri=%")) {
      assertThrows(OAuthFailure.class, () -> ClientMetadata.loopback(bad), bad);
    }
    assertFalse(ClientMetadata.isLoopback("http://localhost:80"));
    assertFalse(ClientMetadata.isLoopback("http://localhost.evil.example"));
    assertFalse(ClientMetadata.isLoopback("https://localhost"));
  }

  @Test
  void name_isOneShortLine() {
    assertEquals("a b", ClientMetadata.shown(" a\nb\u202e ").orElseThrow());
    assertEquals(200, ClientMetadata.shown("x".repeat(500)).orElseThrow().length());
    assertTrue(ClientMetadata.shown("\u200b").isEmpty());
  }
}
