package tripod.podstore.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tripod.podstore.Journal;
import tripod.syntax.PodId;

/**
 * The rows of streams' entries: packed where that makes them shorter, and cut into pieces where the
 * engine would give a long row pages of its own. The pieces are all of one length, so that a whole
 * number of them fills a page; the row itself holds what is left over, the beginning.
 *
 * <p>Writes for one thread at a time.
 */
final class StreamRows implements AutoCloseable {
  /** Most pieces of one entry; a payload that would need more is left in its row. */
  static final int PIECES_MAX = 32;

  /** No number is above this, so that all are exact in JSON too. */
  private static final long NUMBER_MAX = (1L << 53) - 1;

  private static final int PLAIN = 0;
  private static final int ZSTD = 1;

  private static final String INSERT =
      "INSERT INTO stream (number, label_id, pod_id, at, payload, form, pieces)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String INSERT_PIECE =
      "INSERT INTO stream_piece (piece, content) VALUES (?, ?)";
  private static final String SELECT =
      "SELECT s.number, s.pod_id, s.at, s.form, s.pieces, s.payload, p.content"
          + " FROM (SELECT * FROM stream WHERE number>? AND label_id=? ORDER BY number LIMIT ?) s"
          + " LEFT JOIN stream_piece p ON p.piece>=s.number*"
          + PIECES_MAX
          + " AND p.piece<s.number*"
          + PIECES_MAX
          + "+"
          + PIECES_MAX
          + " ORDER BY s.number, p.piece";
  private static final String DELETE = "DELETE FROM stream WHERE number>=? AND number<=?";
  private static final String DELETE_PIECES = "DELETE FROM stream_piece WHERE piece>=? AND piece<?";

  /** Pieces lie in the order of numbers, those of all streams together. */
  private static final String WHOSE_ENTRY =
      " AND EXISTS (SELECT 1 FROM stream s WHERE s.number=stream_piece.piece/" + PIECES_MAX;

  private final Session session;
  private final int pieceBytes;
  private final Packer packer = new Packer();

  StreamRows(Session session, Dialect dialect) {
    this.session = session;
    this.pieceBytes = dialect.pieceBytes();
  }

  /** Does what the first entry would else wait for. */
  void prepare() {
    packer.ready();
  }

  /** Writes entries in the order of their numbers. */
  void insert(List<RowWriter.Numbered> emissions) throws SQLException {
    var rows = new Batch(session, INSERT);
    var pieces = new Batch(session, INSERT_PIECE);
    for (RowWriter.Numbered numbered : emissions) {
      Journal.Emission emission = numbered.emission();
      byte[] content = packer.pack(emission.payload());
      int count = (content.length - 1) / pieceBytes;
      count = count > PIECES_MAX ? 0 : count;
      int cut = content.length - count * pieceBytes;
      PreparedStatement row = rows.next();
      row.setLong(1, emission.number());
      row.setInt(2, numbered.label());
      row.setLong(3, emission.pod().value());
      row.setLong(4, emission.at().toEpochMilli());
      row.setBytes(5, count == 0 ? content : Arrays.copyOf(content, cut));
      row.setInt(6, content.length < emission.payload().length ? ZSTD : PLAIN);
      row.setInt(7, count);
      row.addBatch();
      for (int n = 0; n < count; n++) {
        int from = cut + n * pieceBytes;
        PreparedStatement piece = pieces.next();
        piece.setLong(1, emission.number() * PIECES_MAX + n);
        piece.setBytes(2, Arrays.copyOfRange(content, from, from + pieceBytes));
        piece.addBatch();
      }
    }
    rows.run();
    pieces.run();
  }

  @Override
  public void close() {
    packer.close();
  }

  /**
   * Returns entries above a number. One that cannot be read, because its row was damaged, is passed
   * over: those who follow the stream could never get past it else.
   */
  static List<Journal.Emission> read(Session session, int label, long after, int limit)
      throws SQLException {
    var entries = new ArrayList<Journal.Emission>();
    long last = after;
    try (var unpacker = new Unpacker()) {
      while (true) {
        int wanted = limit - entries.size();
        List<Stored> page = stored(session, label, last, wanted);
        for (Stored stored : page) {
          last = stored.number;
          Optional<byte[]> payload = stored.payload(unpacker);
          if (payload.isPresent()) {
            entries.add(new Journal.Emission(last, stored.pod, stored.at, payload.get()));
          } else {
            Failures.LOG.error("entry {} of a stream is damaged and passed over", last);
          }
        }
        if (page.size() < wanted || entries.size() >= limit) {
          return entries;
        }
      }
    }
  }

  private static List<Stored> stored(Session session, int label, long after, int limit)
      throws SQLException {
    PreparedStatement query = session.statement(SELECT);
    query.setLong(1, after);
    query.setInt(2, label);
    query.setInt(3, limit);
    var page = new ArrayList<Stored>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        if (page.isEmpty() || page.getLast().number != row.getLong(1)) {
          page.add(new Stored(row));
        }
        byte[] piece = row.getBytes(7);
        if (piece != null) {
          page.getLast().add(piece);
        }
      }
    }
    return page;
  }

  /** An entry as its rows hold it. */
  private static final class Stored {
    final long number;
    final PodId pod;
    final Instant at;
    private final int form;
    private int missing;
    private byte[] content;

    Stored(ResultSet row) throws SQLException {
      number = row.getLong(1);
      pod = new PodId(row.getLong(2));
      at = Instant.ofEpochMilli(row.getLong(3));
      form = row.getInt(4);
      missing = row.getInt(5);
      content = row.getBytes(6);
    }

    void add(byte[] piece) {
      int end = content.length;
      content = Arrays.copyOf(content, end + piece.length);
      System.arraycopy(piece, 0, content, end, piece.length);
      missing--;
    }

    /** Returns the payload; nothing when its rows do not hold all of it. */
    Optional<byte[]> payload(Unpacker unpacker) {
      if (missing != 0) {
        return Optional.empty();
      }
      return switch (form) {
        case PLAIN -> Optional.of(content);
        case ZSTD -> unpacker.unpack(content);
        default -> Optional.empty();
      };
    }
  }

  /** Removes a stream's entries from one number to another, both included. */
  static int delete(Connection connection, int label, long from, long last) throws SQLException {
    try (PreparedStatement pieces =
            connection.prepareStatement(DELETE_PIECES + WHOSE_ENTRY + " AND s.label_id=?)");
        PreparedStatement rows = connection.prepareStatement(DELETE + " AND label_id=?")) {
      range(pieces, from, last);
      pieces.setInt(3, label);
      pieces.executeUpdate();
      rows.setLong(1, from);
      rows.setLong(2, last);
      rows.setInt(3, label);
      return rows.executeUpdate();
    }
  }

  /** Removes the entries with these numbers. */
  static void delete(Connection connection, List<Long> numbers) throws SQLException {
    try (PreparedStatement pieces = connection.prepareStatement(DELETE_PIECES);
        PreparedStatement rows = connection.prepareStatement("DELETE FROM stream WHERE number=?")) {
      for (long number : numbers) {
        range(pieces, number, number);
        pieces.executeUpdate();
        rows.setLong(1, number);
        rows.executeUpdate();
      }
    }
  }

  /** Removes a pod's entries of a stream above a number, of which there are few. */
  static void deleteAbove(Connection connection, int label, PodId pod, long number)
      throws SQLException {
    try (PreparedStatement pieces =
            connection.prepareStatement(
                DELETE_PIECES + WHOSE_ENTRY + " AND s.label_id=? AND s.pod_id=?)");
        PreparedStatement rows =
            connection.prepareStatement(DELETE + " AND label_id=? AND pod_id=?")) {
      range(pieces, number + 1, NUMBER_MAX);
      pieces.setInt(3, label);
      pieces.setLong(4, pod.value());
      pieces.executeUpdate();
      rows.setLong(1, number + 1);
      rows.setLong(2, NUMBER_MAX);
      rows.setInt(3, label);
      rows.setLong(4, pod.value());
      rows.executeUpdate();
    }
  }

  private static void range(PreparedStatement pieces, long from, long last) throws SQLException {
    pieces.setLong(1, from * PIECES_MAX);
    pieces.setLong(2, (last + 1) * PIECES_MAX);
  }
}
