package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tripod.atproto.Vectors;
import tripod.podstore.PodFailure;
import tripod.syntax.Cid;

class CarTest {
  @Test
  void archive_published_isReadAndWrittenByteForByte() throws IOException {
    for (JsonNode c : Vectors.json("atproto/car/car-file-fixtures.json")) {
      byte[] car = Base64.getDecoder().decode(c.get("car").asText());
      CarReader reader = reader(car);
      assertEquals(c.get("root").asText(), reader.root().toString());
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      CarWriter writer = new CarWriter(again, reader.roots());
      for (JsonNode b : c.get("blocks")) {
        CarReader.Block block = reader.next().orElseThrow();
        assertEquals(b.get("cid").asText(), block.cid().toString());
        assertArrayEquals(Base64.getDecoder().decode(b.get("bytes").asText()), block.bytes());
        writer.block(block.cid(), block.bytes());
      }
      assertEquals(Optional.empty(), reader.next());
      assertArrayEquals(car, again.toByteArray());
    }
  }

  @Test
  void read_realRepositories_haveTheirRecords() {
    assertEquals(185, leaves("atproto/car/paul_staging.repo.car", 2));
    assertEquals(2, leaves("atproto/car/greenground.repo.car", 3));
  }

  private static int leaves(String file, int version) {
    CarReader reader = reader(Vectors.bytes(file));
    Map<Cid, byte[]> blocks = new HashMap<>();
    for (var b = reader.next(); b.isPresent(); b = reader.next()) {
      blocks.put(b.get().cid(), b.get().bytes());
    }
    RepoCommit commit = RepoCommit.read(blocks.get(reader.root()));
    assertEquals(version, commit.version());
    Mst tree = PartialMst.read(commit.data(), blocks);
    int[] count = {0};
    tree.forEach((key, value) -> count[0]++);
    return count[0];
  }

  @Test
  void SEC_35_read_damagedArchive_isRefused() throws IOException {
    byte[] block = "hello".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CarWriter(out, List.of(Cid.ofRaw(block))).block(Cid.ofRaw(block), block);
    byte[] car = out.toByteArray();
    assertArrayEquals(block, reader(car).next().orElseThrow().bytes());

    byte[] changed = car.clone();
    changed[car.length - 1] ^= 1;
    assertThrows(PodFailure.Invalid.class, () -> reader(changed).next());
    byte[] cut = Arrays.copyOf(car, car.length - 1);
    assertThrows(PodFailure.Invalid.class, () -> reader(cut).next());
    assertThrows(PodFailure.Invalid.class, () -> reader(new byte[0]));
    assertThrows(
        PodFailure.TooLarge.class,
        () -> reader(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f}));
    assertThrows(
        PodFailure.Invalid.class,
        () -> reader(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff}));
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    new CarWriter(two, List.of(Cid.ofRaw(block), Cid.ofRaw(block)));
    assertThrows(PodFailure.Invalid.class, () -> reader(two.toByteArray()).root());
    ByteArrayOutputStream large = new ByteArrayOutputStream();
    large.write(car);
    large.write(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, 0x02});
    CarReader reader = reader(large.toByteArray());
    reader.next();
    assertThrows(PodFailure.TooLarge.class, reader::next);
    assertThrows(
        PodFailure.TooLarge.class, () -> new CarReader(new ByteArrayInputStream(car), 70).next());
  }

  @Test
  void header_withOneRoot_isThePublishedOne() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CarWriter(out, List.of(Mst.EMPTY.rootCid()));
    assertEquals(59, out.size());
    assertEquals(0x3a, out.toByteArray()[0]);
  }

  private static CarReader reader(byte[] car) {
    return new CarReader(new ByteArrayInputStream(car));
  }
}
