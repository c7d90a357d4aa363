package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CidTest {
  static Stream<String> publishedValid() {
    return Fixtures.lines("atproto/syntax/cid_syntax_valid.txt");
  }

  static Stream<String> publishedInvalid() {
    return Fixtures.lines("atproto/syntax/cid_syntax_invalid.txt");
  }

  static Stream<String> ownText() {
    return Fixtures.own("cid_text.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("cid_invalid.txt");
  }

  static Stream<Arguments> ownContent() {
    return Fixtures.columns("cid_content.txt").map(c -> Arguments.of(c[0], c[1], c[2]));
  }

  @ParameterizedTest
  @MethodSource({"ownText", "publishedValid"})
  void textOfACid_isTaken(String text) {
    assertTrue(Cid.isValidText(text));
  }

  @ParameterizedTest
  @MethodSource("publishedInvalid")
  void textOfNoCid_isRefused(String text) {
    assertFalse(Cid.isValidText(text));
    assertThrows(SyntaxException.class, () -> Cid.parse(text));
  }

  @ParameterizedTest
  @MethodSource({"ownText", "ownInvalid"})
  void otherThanOurs_isNoValue(String text) {
    assertThrows(SyntaxException.class, () -> Cid.parse(text));
  }

  @ParameterizedTest
  @MethodSource("ownContent")
  void content_hasItsName(String hex, String dagCbor, String raw) {
    byte[] content = HexFormat.of().parseHex(hex);
    assertEquals(dagCbor, Cid.ofDagCbor(content).toString());
    assertEquals(raw, Cid.ofRaw(content).toString());
    assertEquals(Cid.ofDagCbor(content), Cid.parse(dagCbor));
    assertEquals(Cid.ofRaw(content), Cid.parse(raw));
    assertEquals(Cid.ofRaw(content), Cid.ofRawDigest(Cid.parse(dagCbor).digest()));
  }

  @Test
  void textLength_isLimited() {
    assertFalse(Cid.isValidText("b".repeat(7)));
    assertTrue(Cid.isValidText("b".repeat(8)));
    assertTrue(Cid.isValidText("b".repeat(256)));
    assertFalse(Cid.isValidText("b".repeat(257)));
  }

  @Test
  void codec_tellsDataFromBlobs() {
    var data = Cid.ofDagCbor(new byte[] {1});
    assertEquals(Cid.DAG_CBOR, data.codec());
    assertTrue(data.isDagCbor());
    assertFalse(data.isRaw());
    var blob = Cid.ofRaw(new byte[] {1});
    assertEquals(Cid.RAW, blob.codec());
    assertTrue(blob.isRaw());
    assertFalse(blob.isDagCbor());
    assertNotEquals(data, blob);
  }

  @Test
  void header_isCheckedByteByByte() {
    byte[] good = Cid.ofRaw(new byte[0]).bytes();
    for (int i = 0; i < 4; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) 0x80;
      assertThrows(SyntaxException.class, () -> Cid.ofBytes(bad), "byte " + i);
    }
  }

  @Test
  void bytes_ofAnotherLength_areRefused() {
    byte[] good = Cid.ofRaw(new byte[0]).bytes();
    assertThrows(SyntaxException.class, () -> Cid.ofBytes(Arrays.copyOf(good, 35)));
    assertThrows(SyntaxException.class, () -> Cid.ofBytes(Arrays.copyOf(good, 37)));
    assertThrows(SyntaxException.class, () -> Cid.ofBytes(new byte[0]));
    assertThrows(SyntaxException.class, () -> Cid.ofRawDigest(new byte[31]));
  }

  @Test
  void bytes_withinSomethingLarger_areRead() {
    var cid = Cid.ofRaw(new byte[] {7});
    byte[] target = new byte[40];
    cid.writeTo(target, 3);
    assertEquals(cid, Cid.ofBytes(target, 3));
    assertThrows(SyntaxException.class, () -> Cid.ofBytes(target, 5));
    assertThrows(SyntaxException.class, () -> Cid.ofBytes(target, -1));
    assertThrows(SyntaxException.class, () -> Cid.ofBytes(target, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> cid.writeTo(target, 5));
  }

  @Test
  void value_cannotBeChangedFromOutside() {
    byte[] given = Cid.ofRaw(new byte[] {7}).bytes();
    var cid = Cid.ofBytes(given);
    given[20] ^= 1;
    cid.bytes()[20] ^= 1;
    cid.digest()[20] ^= 1;
    assertEquals(Cid.ofRaw(new byte[] {7}), cid);
  }

  @Test
  void leftOverBits_mustBeZero() {
    String text = Cid.ofRaw("x".getBytes(StandardCharsets.US_ASCII)).toString();
    String start = text.substring(0, Cid.CHARS - 1);
    long taken =
        "abcdefghijklmnopqrstuvwxyz234567".chars().filter(c -> isValue(start + (char) c)).count();
    assertEquals(8, taken);
  }

  private static boolean isValue(String text) {
    try {
      return Cid.parse(text).toString().equals(text);
    } catch (SyntaxException e) {
      return false;
    }
  }

  @Test
  void anyCid_isReadBack() {
    var random = new Random(0xc1d);
    byte[] digest = new byte[32];
    for (int i = 0; i < 5_000; i++) {
      random.nextBytes(digest);
      var cid = Cid.ofRawDigest(digest);
      assertEquals(cid, Cid.parse(cid.toString()));
      assertEquals(cid, Cid.ofBytes(cid.bytes()));
      assertEquals(cid.hashCode(), Cid.ofBytes(cid.bytes()).hashCode());
      assertArrayEquals(digest, cid.digest());
    }
  }

  @Test
  void order_isThatOfUnsignedBytes() {
    var random = new Random(0x0bde);
    byte[] content = new byte[8];
    for (int i = 0; i < 2_000; i++) {
      random.nextBytes(content);
      var a = random.nextBoolean() ? Cid.ofRaw(content) : Cid.ofDagCbor(content);
      random.nextBytes(content);
      var b = Cid.ofRaw(content);
      assertEquals(
          Integer.signum(Arrays.compareUnsigned(a.bytes(), b.bytes())),
          Integer.signum(a.compareTo(b)));
      assertEquals(0, a.compareTo(Cid.ofBytes(a.bytes())));
    }
  }
}
