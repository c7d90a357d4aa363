package tripod.podstore;

import java.time.Instant;
import java.util.List;
import tripod.syntax.PodId;
import tripod.syntax.Tid;

/**
 * The order of all commits of the server, and the streams that projections write along with it.
 *
 * <p>Each commit has one number in its pod, without a gap, and one in the server, increasing and
 * never given twice, not even after a crash or a restore (SEC-84). Entries of streams take their
 * numbers from the same server-wide order. Server numbers are at least 2^33 and below 2^53.
 *
 * <p>Safe between threads; shows what is durable and nothing else.
 */
public interface Journal {
  /** No number of the server's order is below this. */
  long NUMBER_MIN = 1L << 33;

  /** Returns the highest server number that is durable; 0 when there is none. */
  long head();

  /**
   * Returns the number up to which none will be given any more: the head, or more when numbers may
   * have been given that this database, an older copy, does not know of.
   */
  long passed();

  /**
   * Returns the number above which this database went on when it was last found to be an older copy
   * of itself; 0 when it never was. A folder that was put back as a whole does not show it.
   */
  long restored();

  /**
   * Returns commits with a number above {@code after}, in order.
   *
   * @param limit how many at the most
   */
  List<Entry> commits(long after, int limit);

  /**
   * Returns entries of a stream with a number above {@code after}, in order.
   *
   * @param name the stream, as {@link PodWriter#emit} was told it; one that nobody wrote to is
   *     empty
   * @param limit how many at the most
   */
  List<Emission> stream(String name, long after, int limit);

  /** Returns the lowest number still kept of a stream, or 0 when it is empty. */
  long oldest(String stream);

  /**
   * Returns the highest number of a stream's entries that are older than {@code time}, counting
   * those that were pruned; 0 when there are none. Entries of a stream are in the order of time.
   */
  long before(String stream, Instant time);

  /**
   * Drops the entries of a stream older than {@code before}; commits stay.
   *
   * @return how many entries were dropped
   */
  long prune(String stream, Instant before);

  /**
   * Drops a pod's entries of a stream with a number below {@code number}.
   *
   * @return how many entries were dropped
   */
  long prune(String stream, PodId pod, long number);

  /**
   * Calls {@code listener} after each durable group, from one thread; it must return at once.
   *
   * @return what ends the calls when it is closed
   */
  AutoCloseable onGroup(Runnable listener);

  /** Returns where a worker stands; 0 for a new one. */
  long position(String worker);

  /** Saves where a worker stands; durable before its next read is lost to a crash, not at once. */
  void position(String worker, long number);

  /**
   * One commit.
   *
   * @param number in the server's order
   * @param podNumber in its pod's order, from 1 on without a gap
   * @param rev the revision the pod had after it
   * @param at when it was made, in whole milliseconds
   * @param touches what it changed, in the order of the first change
   * @param imported whether nothing of it is news (mapping note VIS-7)
   */
  record Entry(
      long number,
      PodId pod,
      long podNumber,
      Tid rev,
      Instant at,
      List<Touch> touches,
      boolean imported) {}

  /** One graph that a commit touched. */
  record Touch(PodPath path, Aspect aspect, Kind kind) {}

  /** What happened to it. */
  enum Kind {
    /** It came to be. */
    CREATED,
    /** It was replaced. */
    UPDATED,
    /** It was removed. */
    DELETED
  }

  /**
   * One entry of a stream.
   *
   * @param number in the server's order
   * @param pod whose write put it in
   * @param at when that was, in whole milliseconds
   * @param payload the bytes, with the number written in if that was asked; shared, and must not be
   *     changed
   */
  record Emission(long number, PodId pod, Instant at, byte[] payload) {}
}
