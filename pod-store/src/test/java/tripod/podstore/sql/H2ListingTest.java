package tripod.podstore.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** H2 sorts a whole container unless the order names every column of the key. */
class H2ListingTest {
  @TempDir Path folder;

  static Stream<String> queries() {
    return Stream.of(Rows.WHOLE, Rows.BLOCKS)
        .flatMap(members -> Stream.of(members.up(), members.down()));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void listing_walksTheIndex(String query) {
    try (var store =
        SqlPodStore.open(
            StoreConfig.h2Memory("listing", folder), InstantSource.system(), List.of())) {
      String plan =
          store
              .sql()
              .query(
                  connection -> {
                    try (var explain = connection.prepareStatement("EXPLAIN " + query)) {
                      explain.setLong(1, 1);
                      explain.setInt(2, 1);
                      explain.setBytes(3, new byte[1]);
                      explain.setInt(4, 50);
                      try (var row = explain.executeQuery()) {
                        row.next();
                        return row.getString(1);
                      }
                    }
                  });
      assertTrue(plan.contains("index sorted"), plan);
    }
  }
}
