package tripod.syntax;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A content identifier: the name that bytes give themselves.
 *
 * <p>Of all that CIDs can be, only what the AT Protocol uses is a value: version 1, the codec
 * {@link #DAG_CBOR} or {@link #RAW}, and a SHA-256 of 32 bytes; {@value #LENGTH} bytes in all. As
 * text it is the multibase letter {@code b} and lower-case base32 without padding, {@value #CHARS}
 * characters. The order is that of the bytes, as unsigned numbers.
 *
 * @see <a href="https://atproto.com/specs/data-model#link-and-cid-formats">AT Protocol: CID
 *     formats</a>
 */
public final class Cid implements Comparable<Cid> {
  /** The length of every CID, in bytes. */
  public static final int LENGTH = 36;

  /** The length of every CID as text, in characters. */
  public static final int CHARS = 59;

  /** The codec of data in DAG-CBOR: records, tree nodes, commits. */
  public static final int DAG_CBOR = 0x71;

  /** The codec of bytes that are only bytes: blobs. */
  public static final int RAW = 0x55;

  private static final int VERSION = 0x01;
  private static final int SHA_256 = 0x12;
  private static final int DIGEST_LENGTH = 32;
  private static final int HEADER_LENGTH = LENGTH - DIGEST_LENGTH;
  private static final int TEXT_CHARS_MIN = 8;
  private static final int TEXT_CHARS_MAX = 256;

  private static final byte[] ALPHABET = {
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p',
    'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', '2', '3', '4', '5', '6', '7'
  };

  private final byte[] bytes;

  /** Takes the array as its own, unchecked. */
  private Cid(byte[] bytes) {
    this.bytes = bytes;
  }

  private static Cid of(int codec, byte[] digest) {
    byte[] bytes = new byte[LENGTH];
    bytes[0] = VERSION;
    bytes[1] = (byte) codec;
    bytes[2] = SHA_256;
    bytes[3] = DIGEST_LENGTH;
    System.arraycopy(digest, 0, bytes, HEADER_LENGTH, DIGEST_LENGTH);
    return new Cid(bytes);
  }

  /**
   * Reads the text of a CID.
   *
   * @param text {@value #CHARS} characters that begin with {@code b}
   * @return the CID
   * @throws SyntaxException when the text is no CID, or one of another version, base, codec or hash
   */
  public static Cid parse(String text) {
    byte[] bytes = new byte[LENGTH];
    if (text.length() != CHARS || text.charAt(0) != 'b' || !decode(text, bytes)) {
      throw new SyntaxException("CID", text);
    }
    if (!hasKnownHeader(bytes, 0)) {
      throw new SyntaxException("CID of version 1, dag-cbor or raw, with SHA-256", text);
    }
    return new Cid(bytes);
  }

  /**
   * Tells whether a text may be a CID of any version, base, codec or hash.
   *
   * <p>This is the wide check that schemas ask of a string with format {@code cid}: the characters
   * and the length, 8 to 256, and not the old version 0. What passes need not be a value.
   *
   * @param text anything
   * @return whether the text has the form of a CID
   */
  public static boolean isValidText(String text) {
    int length = text.length();
    if (length < TEXT_CHARS_MIN || length > TEXT_CHARS_MAX || text.startsWith("Qm")) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (!Ascii.isLetterOrDigit(c) && c != '+' && c != '=') {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a binary CID.
   *
   * @param bytes {@value #LENGTH} bytes, which are copied
   * @return the CID
   * @throws SyntaxException when they are no CID, or one of another version, codec or hash
   */
  public static Cid ofBytes(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new SyntaxException("CID of 36 bytes", bytes.length + " bytes");
    }
    return ofBytes(bytes, 0);
  }

  /**
   * Reads a binary CID that stands in something larger.
   *
   * @param source holds the CID; what is used of it is copied
   * @param offset where the CID begins; {@value #LENGTH} bytes are read from there
   * @return the CID
   * @throws SyntaxException when there is no CID, or one of another version, codec or hash
   */
  public static Cid ofBytes(byte[] source, int offset) {
    if (offset < 0 || source.length - offset < LENGTH) {
      throw new SyntaxException(
          "CID of 36 bytes", "offset " + offset + " of " + source.length + " bytes");
    }
    if (!hasKnownHeader(source, offset)) {
      throw new SyntaxException(
          "CID of version 1, dag-cbor or raw, with SHA-256",
          String.format(
              "%02x%02x%02x%02x",
              source[offset], source[offset + 1], source[offset + 2], source[offset + 3]));
    }
    return new Cid(Arrays.copyOfRange(source, offset, offset + LENGTH));
  }

  private static boolean hasKnownHeader(byte[] bytes, int offset) {
    int codec = bytes[offset + 1];
    return bytes[offset] == VERSION
        && (codec == DAG_CBOR || codec == RAW)
        && bytes[offset + 2] == SHA_256
        && bytes[offset + 3] == DIGEST_LENGTH;
  }

  /**
   * Names a block of DAG-CBOR by its SHA-256.
   *
   * @param block the encoded block, which is not checked
   * @return the CID with codec {@link #DAG_CBOR}
   */
  public static Cid ofDagCbor(byte[] block) {
    return of(DAG_CBOR, sha256(block));
  }

  /**
   * Names the content of a blob by its SHA-256.
   *
   * @param content the whole blob
   * @return the CID with codec {@link #RAW}
   */
  public static Cid ofRaw(byte[] content) {
    return of(RAW, sha256(content));
  }

  /**
   * Names the content of a blob whose SHA-256 was computed while it passed by.
   *
   * @param sha256 32 bytes, which are copied
   * @return the CID with codec {@link #RAW}
   * @throws SyntaxException when the digest has another length
   */
  public static Cid ofRawDigest(byte[] sha256) {
    return of(RAW, checked(sha256));
  }

  /**
   * Names a block of DAG-CBOR whose SHA-256 is known.
   *
   * @param sha256 32 bytes, which are copied
   * @return the CID with codec {@link #DAG_CBOR}
   * @throws SyntaxException when the digest has another length
   */
  public static Cid ofDagCborDigest(byte[] sha256) {
    return of(DAG_CBOR, checked(sha256));
  }

  private static byte[] checked(byte[] sha256) {
    if (sha256.length != DIGEST_LENGTH) {
      throw new SyntaxException("SHA-256 of 32 bytes", sha256.length + " bytes");
    }
    return sha256;
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  /**
   * Gives the binary CID.
   *
   * @return a new array of {@value #LENGTH} bytes
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Gives the SHA-256 alone.
   *
   * @return a new array of 32 bytes
   */
  public byte[] digest() {
    return Arrays.copyOfRange(bytes, HEADER_LENGTH, LENGTH);
  }

  /**
   * Gives the codec of the named bytes.
   *
   * @return {@link #DAG_CBOR} or {@link #RAW}
   */
  public int codec() {
    return bytes[1];
  }

  /**
   * Tells whether the CID names a blob.
   *
   * @return whether the codec is {@link #RAW}
   */
  public boolean isRaw() {
    return bytes[1] == RAW;
  }

  /**
   * Tells whether the CID names a block of data.
   *
   * @return whether the codec is {@link #DAG_CBOR}
   */
  public boolean isDagCbor() {
    return bytes[1] == DAG_CBOR;
  }

  /**
   * Writes the binary CID without making a copy first.
   *
   * @param target where {@value #LENGTH} bytes are written
   * @param offset where the first of them goes
   * @throws IndexOutOfBoundsException when the target is too short; it is then unchanged
   */
  public void writeTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  /**
   * Orders by the bytes, as unsigned numbers.
   *
   * @param other another CID
   * @return negative, zero or positive as this one is before, the same or after
   */
  @Override
  public int compareTo(Cid other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cid cid && Arrays.equals(bytes, cid.bytes);
  }

  @Override
  public int hashCode() {
    return (bytes[4] & 0xff) << 24
        | (bytes[5] & 0xff) << 16
        | (bytes[6] & 0xff) << 8
        | (bytes[7] & 0xff);
  }

  /**
   * Gives the text of the CID.
   *
   * @return {@value #CHARS} characters, {@code bafyrei…} for data and {@code bafkrei…} for blobs
   */
  @Override
  public String toString() {
    return new String(textBytes(), StandardCharsets.ISO_8859_1);
  }

  /**
   * Gives the text of the CID in the form that a writer of bytes takes.
   *
   * @return a new array of {@value #CHARS} ASCII characters
   */
  public byte[] textBytes() {
    byte[] text = new byte[CHARS];
    text[0] = 'b';
    int buffer = 0;
    int bits = 0;
    int next = 1;
    for (byte b : bytes) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text[next++] = ALPHABET[(buffer >>> bits) & 31];
      }
    }
    text[next] = ALPHABET[(buffer << (5 - bits)) & 31];
    return text;
  }

  /**
   * Reads base32 from the second character on; false when a character or the last bits are wrong.
   */
  private static boolean decode(String text, byte[] target) {
    int buffer = 0;
    int bits = 0;
    int next = 0;
    for (int i = 1; i < CHARS; i++) {
      char c = text.charAt(i);
      int digit;
      if (Ascii.isLower(c)) {
        digit = c - 'a';
      } else if (c >= '2' && c <= '7') {
        digit = c - '2' + 26;
      } else {
        return false;
      }
      buffer = (buffer << 5) | digit;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        target[next++] = (byte) (buffer >>> bits);
      }
    }
    // Two bits are left over. Were they free, four texts would name one CID.
    return (buffer & ((1 << bits) - 1)) == 0;
  }
}
