package tripod.atproto.repo;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tripod.podstore.cbor.DagCborWriter;
import tripod.syntax.Cid;

/**
 * Writes an archive of blocks, block by block.
 *
 * @see <a href="https://ipld.io/specs/transport/car/carv1/">CAR version 1</a>
 */
public final class CarWriter {
  /** The media type of an archive. */
  public static final String MEDIA_TYPE = "application/vnd.ipld.car";

  private final OutputStream out;
  private final byte[] head = new byte[10 + Cid.LENGTH];

  /**
   * Writes the header.
   *
   * @param roots what the archive is about; empty for loose blocks
   */
  public CarWriter(OutputStream out, List<Cid> roots) throws IOException {
    this.out = out;
    DagCborWriter header = new DagCborWriter(64);
    header.map(2).text("roots").list(roots.size());
    roots.forEach(header::link);
    header.text("version").integer(1);
    int length = varint(header.size());
    out.write(head, 0, length);
    out.write(header.toByteArray());
  }

  /** Writes one block. */
  public void block(Cid cid, byte[] block) throws IOException {
    int length = varint(Cid.LENGTH + block.length);
    cid.writeTo(head, length);
    out.write(head, 0, length + Cid.LENGTH);
    out.write(block);
  }

  private int varint(int value) {
    int rest = value;
    int length = 0;
    while (rest >= 0x80) {
      head[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    head[length++] = (byte) rest;
    return length;
  }
}
