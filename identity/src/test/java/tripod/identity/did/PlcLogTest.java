package tripod.identity.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tripod.identity.Fixtures;
import tripod.identity.IdentityFailure;
import tripod.identity.TestDatabase;
import tripod.identity.key.DidKey;
import tripod.identity.key.Secp256k1;
import tripod.syntax.Did;
import tripod.syntax.Handle;

class PlcLogTest {
  private final byte[] weak = Secp256k1.generate(new java.security.SecureRandom());
  private final byte[] strong = Secp256k1.generate(new java.security.SecureRandom());
  private Instant now = Instant.parse("2026-11-22T00:00:00Z");
  private final InstantSource clock = () -> now;

  static Stream<Path> valid() {
    return Fixtures.files("atproto/plc/audit_log/valid");
  }

  static Stream<Path> invalid() {
    return Fixtures.files("atproto/plc/audit_log/invalid");
  }

  static Stream<Path> ownValid() throws Exception {
    return own("valid");
  }

  static Stream<Path> ownInvalid() throws Exception {
    return own("invalid");
  }

  private static Stream<Path> own(String folder) throws Exception {
    return Files.list(Path.of(PlcLogTest.class.getResource("plc/" + folder).toURI())).sorted();
  }

  @ParameterizedTest
  @MethodSource
  void ownValid(Path file) {
    valid(file);
  }

  @ParameterizedTest
  @MethodSource
  void ownInvalid(Path file) {
    invalid(file);
  }

  @ParameterizedTest
  @MethodSource
  void valid(Path file) {
    JsonNode entries = Fixtures.json(file);
    PlcLog log = replay(entries);
    for (int i = 0; i < entries.size(); i++) {
      assertEquals(entries.get(i).get("cid").asText(), log.entries().get(i).cid());
      assertEquals(
          entries.get(i).get("nullified").asBoolean(), log.entries().get(i).nullified(), "" + i);
      assertEquals(entries.get(i), log.entries().get(i).json(log.did()));
    }
  }

  @ParameterizedTest
  @MethodSource
  void invalid(Path file) {
    assertThrows(IdentityFailure.Invalid.class, () -> replay(Fixtures.json(file)));
  }

  private static PlcLog replay(JsonNode entries) {
    PlcLog log = new PlcLog(new Did(entries.get(0).get("did").asText()), List.of());
    for (JsonNode entry : entries) {
      log =
          log.plus(
              PlcOperation.parse(entry.get("operation")),
              Instant.parse(entry.get("createdAt").asText()));
    }
    return log;
  }

  private PlcState state(String handle, byte[]... keys) {
    return PlcState.of(
        Stream.of(keys).map(key -> DidKey.ofSecp256k1(key).toString()).toList(),
        DidKey.ofSecp256k1(weak).toString(),
        new Handle(handle),
        "http://localhost:8080");
  }

  private PlcOperation sign(PlcState state, Optional<String> prev, byte[] key) {
    return PlcOperation.sign(state, prev, bytes -> Secp256k1.sign(key, bytes));
  }

  @Test
  void directory_lifeOfAnIdentity_recoveryAndTombstone() {
    for (TestDatabase database : List.of(TestDatabase.h2(), TestDatabase.sqlite())) {
      now = Instant.parse("2026-11-22T00:00:00Z");
      PlcDirectory directory = new PlcDirectory(database, clock);
      PlcOperation genesis = sign(state("a.localhost", strong, weak), Optional.empty(), weak);
      Did did = genesis.did();
      assertTrue(directory.document(did).isEmpty());
      directory.submit(did, genesis.json());
      assertThrows(IdentityFailure.Invalid.class, () -> directory.submit(did, genesis.json()));
      assertEquals(
          "at://a.localhost", directory.data(did).orElseThrow().at("/alsoKnownAs/0").asText());

      PlcOperation theft = sign(state("thief.localhost", weak), Optional.of(genesis.cid()), weak);
      directory.submit(did, theft.json());
      now = now.plus(Duration.ofHours(72));
      PlcOperation sameKey =
          sign(state("b.localhost", strong, weak), Optional.of(genesis.cid()), weak);
      assertThrows(IdentityFailure.Invalid.class, () -> directory.submit(did, sameKey.json()));
      PlcOperation recovery =
          sign(state("b.localhost", strong, weak), Optional.of(genesis.cid()), strong);
      directory.submit(did, recovery.json());
      assertEquals(3, directory.auditLog(did).size());
      assertTrue(directory.auditLog(did).get(1).get("nullified").asBoolean());
      assertEquals(2, directory.operations(did).size());
      assertEquals(recovery.json(), directory.last(did).orElseThrow());

      now = now.plus(Duration.ofHours(80));
      directory.submit(
          did, PlcOperation.tombstone(recovery.cid(), bytes -> Secp256k1.sign(weak, bytes)).json());
      assertThrows(IdentityFailure.Gone.class, () -> directory.document(did));
      assertEquals(4, directory.export(0, 1000).size());
      assertEquals(1, directory.export(3, 1000).size());
      database.close();
    }
  }

  @Test
  void directory_newOperations_limitsHold() {
    PlcDirectory directory = new PlcDirectory(TestDatabase.h2(), clock);
    refused(directory, state("a.localhost", weak, weak));
    refused(directory, state("a.localhost"));
    refused(directory, state("a.localhost", weak, strong, a(), a(), a(), a()));
    String key = DidKey.ofSecp256k1(weak).toString();
    refused(
        directory,
        new PlcState(List.of(key), Map.of(), List.of("at://" + "a".repeat(300)), Map.of()));
    refused(directory, new PlcState(List.of(key), Map.of("x", "nokey"), List.of(), Map.of()));
    refused(
        directory,
        new PlcState(
            List.of(key),
            Map.of(),
            List.of(),
            Map.of("s", new PlcState.Service("t", "h".repeat(8000)))));
  }

  private static byte[] a() {
    return Secp256k1.generate(new java.security.SecureRandom());
  }

  private void refused(PlcDirectory directory, PlcState state) {
    PlcOperation operation = sign(state, Optional.empty(), weak);
    assertThrows(
        IdentityFailure.Invalid.class, () -> directory.submit(operation.did(), operation.json()));
  }
}
