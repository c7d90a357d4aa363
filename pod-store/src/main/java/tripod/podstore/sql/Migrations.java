package tripod.podstore.sql;

/** Brings tables up to date, each room with a history table of its own. */
final class Migrations {
  private Migrations() {}

  static void run(Dialect dialect, String room, String location) {
    dialect
        .migrations()
        .loggers("slf4j")
        .locations(location)
        .table("format_" + room)
        .placeholders(dialect.placeholders())
        // Each room has its own history, so to the second room the schema is not empty.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }
}
