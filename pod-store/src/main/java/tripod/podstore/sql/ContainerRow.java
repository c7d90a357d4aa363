package tripod.podstore.sql;

/**
 * The row of a container: its number and what depends on its members.
 *
 * @param id never given twice in a pod
 * @param members how many there are
 * @param rev the commit that last changed which there are
 * @param modified when that was, in milliseconds since 1970
 */
record ContainerRow(int id, long members, long rev, long modified) {
  ContainerRow with(long more, long atRev, long at) {
    return new ContainerRow(id, members + more, atRev, at);
  }
}
