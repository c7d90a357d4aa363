package tripod.podstore.sql;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tripod.podstore.Aspect;
import tripod.podstore.Journal;
import tripod.podstore.PodPath;
import tripod.syntax.PodId;
import tripod.syntax.Tid;

/**
 * The part of a journal row that no query asks for, in few bytes: the time as its distance from the
 * revision, the import mark, and the touched graphs, each path without what it shares with the one
 * before.
 */
final class EntryDetail {
  private static final int VERSION = 1;
  private static final int IMPORTED = 0x10;

  private EntryDetail() {}

  static byte[] encode(Journal.Entry entry) {
    var bytes = new Bytes(64);
    bytes.octet(VERSION | (entry.imported() ? IMPORTED : 0));
    bytes.signed(entry.at().toEpochMilli() - revMillis(entry.rev()));
    bytes.number(entry.touches().size());
    byte[] last = new byte[0];
    for (Journal.Touch touch : entry.touches()) {
      byte[] path = touch.path().value().getBytes(StandardCharsets.UTF_8);
      int mismatch = Arrays.mismatch(last, path);
      int shared = mismatch < 0 ? path.length : mismatch;
      bytes.octet(Codes.of(touch.aspect()) << 2 | Codes.of(touch.kind()));
      bytes.number(shared);
      bytes.number(path.length - shared);
      bytes.raw(path, shared, path.length - shared);
      last = path;
    }
    return bytes.toArray();
  }

  static Journal.Entry decode(long number, PodId pod, long podNumber, Tid rev, byte[] detail) {
    var bytes = new Bytes.Reader(detail);
    int head = bytes.octet();
    if ((head & 0xf) != VERSION) {
      throw new IllegalStateException("journal entry of version " + (head & 0xf));
    }
    Instant at = Instant.ofEpochMilli(revMillis(rev) + bytes.signed());
    int count = (int) bytes.number();
    var touches = new ArrayList<Journal.Touch>(count);
    byte[] last = new byte[0];
    for (int i = 0; i < count; i++) {
      int codes = bytes.octet();
      int shared = (int) bytes.number();
      byte[] path = Arrays.copyOf(last, shared + (int) bytes.number());
      bytes.raw(path, shared, path.length - shared);
      Aspect aspect = Codes.aspect(codes >> 2);
      touches.add(
          new Journal.Touch(
              new PodPath(new String(path, StandardCharsets.UTF_8)),
              aspect,
              Codes.kind(codes & 3)));
      last = path;
    }
    return new Journal.Entry(
        number, pod, podNumber, rev, at, List.copyOf(touches), (head & IMPORTED) != 0);
  }

  private static long revMillis(Tid rev) {
    return rev.microseconds() / 1000;
  }
}
