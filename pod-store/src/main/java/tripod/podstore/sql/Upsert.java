package tripod.podstore.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The text of {@code INSERT … ON CONFLICT}, which SQLite and PostgreSQL share. */
final class Upsert {
  private Upsert() {}

  static String onConflict(String table, List<String> keys, List<String> values) {
    String update =
        values.isEmpty()
            ? "NOTHING"
            : values.stream()
                .map(v -> v + "=excluded." + v)
                .collect(Collectors.joining(", ", "UPDATE SET ", ""));
    return insert(table, keys, values)
        + " ON CONFLICT ("
        + String.join(", ", keys)
        + ") DO "
        + update;
  }

  static String insert(String table, List<String> keys, List<String> values) {
    var columns = new ArrayList<>(keys);
    columns.addAll(values);
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", columns)
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(columns.size(), "?"))
        + ")";
  }
}
