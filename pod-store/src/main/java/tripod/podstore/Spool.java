package tripod.podstore;

/** Bytes put aside on the disk while they are looked at; gone when it is closed. One thread's. */
public interface Spool extends AutoCloseable {
  /**
   * Puts bytes behind those that are there.
   *
   * @return where they begin
   * @throws PodFailure.Full when the disk has no room left but for its reserve (SEC-91)
   */
  long append(byte[] bytes);

  /**
   * Reads bytes that were put in.
   *
   * @throws IllegalArgumentException when there are none so far
   */
  byte[] read(long offset, int length);

  @Override
  void close();
}
